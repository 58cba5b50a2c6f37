package dev.graft.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;

/**
 * Label, then the number of attributes and each of them in name order: 2 bytes for a plain label.
 */
public final class ConditionCoder extends AtomicCoder<Condition> {
  private static final long serialVersionUID = 1L;
  private static final ConditionCoder INSTANCE = new ConditionCoder();

  private ConditionCoder() {}

  public static ConditionCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Condition condition, OutputStream out) throws IOException {
    VarIntCoder.of().encode(condition.label() + 1, out);
    VarIntCoder.of().encode(condition.attributes().size(), out);
    for (Map.Entry<String, String> entry : new TreeMap<>(condition.attributes()).entrySet()) {
      StringUtf8Coder.of().encode(entry.getKey(), out);
      StringUtf8Coder.of().encode(entry.getValue(), out);
    }
  }

  @Override
  public Condition decode(InputStream in) throws IOException {
    int label = VarIntCoder.of().decode(in) - 1;
    int count = VarIntCoder.of().decode(in);
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = StringUtf8Coder.of().decode(in);
      attributes.put(name, StringUtf8Coder.of().decode(in));
    }
    return new Condition(label, attributes);
  }
}
