package dev.graft.model.nn;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The file that {@code torch.jit.save} would write of a module of one class: a ZIP archive of the
 * source of its methods, its parameters and a pickled object that holds them together. Equal
 * content has equal bytes.
 */
public final class TorchArchive {
  private static final String FOLDER = "m/";

  private TorchArchive() {}

  /**
   * @param name of the class
   * @param weights parameters by name; see {@link #identifier}
   * @param methods source of the methods in the dialect of saved TorchScript, each line indented by
   *     at least two spaces
   */
  public static byte[] of(String name, SortedMap<String, Tensor> weights, String methods) {
    SortedMap<String, Tensor> attributes = new TreeMap<>();
    weights.forEach(
        (weight, tensor) -> {
          if (attributes.put(identifier(weight), tensor) != null) {
            throw new IllegalArgumentException("two weights are called " + identifier(weight));
          }
        });
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", new ModulePickle(name).write(attributes));
      store(zip, "byteorder", text("little"));
      int place = 0;
      for (Tensor tensor : attributes.values()) {
        store(zip, "data/" + place++, floats(tensor.values()));
      }
      store(zip, "code/__torch__.py", text(source(name, attributes, methods)));
      store(zip, "constants.pkl", ModulePickle.noConstants());
      store(zip, "version", text("10\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** How the source calls a weight: letters, digits and underscores alone. */
  public static String identifier(String weight) {
    return weight.replaceAll("[^A-Za-z0-9_]", "_");
  }

  private static String source(String name, Map<String, Tensor> attributes, String methods) {
    StringBuilder code = new StringBuilder("class " + name + "(Module):\n");
    code.append("  __parameters__ = [");
    attributes.keySet().forEach(attribute -> code.append('"').append(attribute).append("\", "));
    code.append("]\n  __buffers__ = []\n");
    attributes.keySet().forEach(attribute -> code.append("  " + attribute + " : Tensor\n"));
    return code.append("  training : bool\n").append(methods).toString();
  }

  private static byte[] text(String content) {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] floats(float[] values) {
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
