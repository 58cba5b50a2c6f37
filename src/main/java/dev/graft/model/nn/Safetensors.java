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
 * The safetensors file format for 32-bit floats: a JSON header of names, shapes and offsets, then
 * raw little-endian data. Tensors are in name order, so equal content has equal bytes.
 *
 * @param tensors by name
 * @param metadata free text by key
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 */
public record Safetensors(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final int PREFIX = Long.BYTES;

  public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
    return new Safetensors(new TreeMap<>(tensors), new TreeMap<>(metadata));
  }

  /** The file's content. */
  public byte[] encode() {
    ObjectNode header = Json.mapper().createObjectNode();
    if (!metadata.isEmpty()) {
      header.set(METADATA, Json.tree(metadata));
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode description = header.putObject(entry.getKey());
      description.put("dtype", "F32");
      description.set("shape", Json.tree(entry.getValue().shape()));
      long end = offset + (long) entry.getValue().values().length * Float.BYTES;
      description.putArray("data_offsets").add(offset).add(end);
      offset = end;
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
    return buffer.array();
  }

  /**
   * Reads {@link #encode}'s bytes, or those of any other writer.
   *
   * @throws IllegalArgumentException when they are not in the format, or not 32-bit floats
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
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Iterator<Map.Entry<String, JsonNode>> it = header.fields(); it.hasNext(); ) {
      Map.Entry<String, JsonNode> entry = it.next();
      if (entry.getKey().equals(METADATA)) {
        entry
            .getValue()
            .fields()
            .forEachRemaining(f -> metadata.put(f.getKey(), f.getValue().asText()));
      } else {
        tensors.put(entry.getKey(), tensor(buffer, data, entry.getKey(), entry.getValue()));
      }
    }
    return new Safetensors(tensors, metadata);
  }

  private static Tensor tensor(ByteBuffer buffer, int data, String name, JsonNode description) {
    if (!description.path("dtype").asText().equals("F32")) {
      throw new IllegalArgumentException(
          "tensor " + name + " has type " + description.path("dtype") + "; allowed: F32");
    }
    long begin = description.path("data_offsets").path(0).asLong();
    long end = description.path("data_offsets").path(1).asLong();
    if (begin < 0 || end < begin || end > buffer.capacity() - data) {
      throw new IllegalArgumentException("tensor " + name + " lies outside the file");
    }
    float[] values = new float[(int) ((end - begin) / Float.BYTES)];
    ByteBuffer slice = buffer.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    slice.position(data + (int) begin);
    slice.asFloatBuffer().get(values);
    long[] shape = Json.mapper().convertValue(description.path("shape"), long[].class);
    return new Tensor(shape, values);
  }
}
