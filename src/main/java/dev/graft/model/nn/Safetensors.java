package dev.graft.model.nn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The safetensors file format for 32-bit floats and for bytes: a JSON header of names, shapes and
 * offsets, then raw little-endian data. Tensors are in name order, floats first, so equal content
 * has equal bytes.
 *
 * @param tensors of floats by name
 * @param bytes tensors of bytes by name
 * @param metadata free text by key
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public record Safetensors(
    SortedMap<String, Tensor> tensors,
    SortedMap<String, ByteTensor> bytes,
    SortedMap<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String FLOATS = "F32";
  private static final String BYTES = "U8";
  private static final int PREFIX = Long.BYTES;

  public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    return new Safetensors(new TreeMap<>(tensors), new TreeMap<>(), new TreeMap<>(metadata));
  }

  /** The same with a tensor of bytes more. */
  public Safetensors withBytes(String name, ByteTensor tensor) {
    SortedMap<String, ByteTensor> more = new TreeMap<>(bytes);
    more.put(name, tensor);
    return new Safetensors(tensors, more, metadata);
  }

  /** The file's content. */
  public byte[] encode() {
    ObjectNode header = Json.mapper().createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(METADATA, Json.tree(metadata));
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      offset =
          describe(
              header.putObject(entry.getKey()),
              FLOATS,
              tensor.shape(),
              offset,
              (long) tensor.values().length * Float.BYTES);
    }
    for (Map.Entry<String, ByteTensor> entry : bytes.entrySet()) {
      ByteTensor tensor = entry.getValue();
      offset =
          describe(
              header.putObject(entry.getKey()),
              BYTES,
              tensor.shape(),
              offset,
              tensor.values().length);
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(text, (text.length + 7) / 8 * 8);
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.toIntExact(PREFIX + padded.length + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(padded.length).put(padded);
    for (Tensor tensor : tensors.values()) {
      buffer.asFloatBuffer().put(tensor.values());
      buffer.position(buffer.position() + tensor.values().length * Float.BYTES);
    }
    for (ByteTensor tensor : bytes.values()) {
      buffer.put(tensor.values());
    }
    return buffer.array();
  }

  /** Gives the offset after the tensor. */
  private static long describe(
      ObjectNode description, String type, long[] shape, long offset, long length) {
    description.put("dtype", type);
    description.set("shape", Json.tree(shape));
    description.putArray("data_offsets").add(offset).add(offset + length);
    return offset + length;
  }

  /**
   * Reads {@link #encode}'s bytes, or those of any other writer.
   *
   * @throws IllegalArgumentException when they are not in the format, or neither 32-bit floats nor
   *     bytes
   */
  public static Safetensors decode(byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = content.length < PREFIX ? -1 : buffer.getLong();
    if (headerLength < 2 || headerLength > content.length - PREFIX) {
      throw new IllegalArgumentException("not a safetensors file");
    }
    int data = PREFIX + (int) headerLength;
    JsonNode header = Json.read(Arrays.copyOfRange(content, PREFIX, data), JsonNode.class);
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    SortedMap<String, ByteTensor> bytes = new TreeMap<>();
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = header.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (entry.getKey().equals(METADATA)) {
        entry
            .getValue()
            .fields()
            .forEachRemaining(f -> metadata.put(f.getKey(), f.getValue().asText()));
      } else if (entry.getValue().path("dtype").asText().equals(BYTES)) {
        ByteBuffer slice = slice(buffer, data, entry.getKey(), entry.getValue());
        byte[] values = new byte[slice.remaining()];
        slice.get(values);
        bytes.put(entry.getKey(), new ByteTensor(shape(entry.getValue()), values));
      } else {
        tensors.put(entry.getKey(), tensor(buffer, data, entry.getKey(), entry.getValue()));
      }
    }
    return new Safetensors(tensors, bytes, metadata);
  }

  private static Tensor tensor(ByteBuffer buffer, int data, String name, JsonNode description) {
    if (!description.path("dtype").asText().equals(FLOATS)) {
      throw new IllegalArgumentException(
          "tensor " + name + " has type " + description.path("dtype") + "; allowed: F32, U8");
    }
    ByteBuffer slice = slice(buffer, data, name, description);
    float[] values = new float[slice.remaining() / Float.BYTES];
    slice.asFloatBuffer().get(values);
    return new Tensor(shape(description), values);
  }

  private static ByteBuffer slice(ByteBuffer buffer, int data, String name, JsonNode description) {
    long begin = description.path("data_offsets").path(0).asLong();
    long end = description.path("data_offsets").path(1).asLong();
    if (begin < 0 || end < begin || end > buffer.capacity() - data) {
      throw new IllegalArgumentException("tensor " + name + " lies outside the file");
    }
    return buffer
        .duplicate()
        .position(data + (int) begin)
        .limit(data + (int) end)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long[] shape(JsonNode description) {
    return Json.mapper().convertValue(description.path("shape"), long[].class);
  }
}
