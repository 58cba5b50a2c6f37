package dev.graft.model.nn;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;

/**
 * An object of a TorchScript class, as pickle protocol 2: its tensors, whose values lie in files
 * {@code data/0}, {@code data/1}, ..., and {@code training}, which is false.
 */
final class ModulePickle {
  private static final int PROTOCOL = 0x80;
  private static final int NEW_OBJECT = 0x81;
  private static final int FALSE = 0x89;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final String type;

  ModulePickle(String type) {
    this.type = type;
  }

  byte[] write(SortedMap<String, Tensor> attributes) {
    code(PROTOCOL, 2);
    global("__torch__", type);
    code(')', NEW_OBJECT, '}', '(');
    int place = 0;
    for (var attribute : attributes.entrySet()) {
      string(attribute.getKey());
      tensor(attribute.getValue(), place++);
    }
    string("training");
    code(FALSE, 'u', 'b', '.');
    return out.toByteArray();
  }

  /** An empty tuple. */
  static byte[] noConstants() {
    return new byte[] {(byte) PROTOCOL, 2, ')', '.'};
  }

  /** {@code _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())}. */
  private void tensor(Tensor tensor, int place) {
    long[] shape = tensor.shape();
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    global("torch._utils", "_rebuild_tensor_v2");
    code('(', '(');
    string("storage");
    global("torch", "FloatStorage");
    string(Integer.toString(place));
    string("cpu");
    number(tensor.values().length);
    code('t', 'Q');
    number(0);
    tuple(shape);
    tuple(strides);
    code(FALSE);
    global("collections", "OrderedDict");
    code(')', 'R', 't', 'R');
  }

  private void tuple(long[] values) {
    code('(');
    for (long value : values) {
      number(Math.toIntExact(value));
    }
    code('t');
  }

  private void global(String module, String name) {
    code('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private void string(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    code('X');
    integer(bytes.length);
    out.writeBytes(bytes);
  }

  private void number(int value) {
    code('J');
    integer(value);
  }

  private void integer(int value) {
    out.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void code(int... codes) {
    for (int code : codes) {
      out.write(code);
    }
  }
}
