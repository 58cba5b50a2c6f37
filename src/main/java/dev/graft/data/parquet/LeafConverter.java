package dev.graft.data.parquet;

import java.util.function.Consumer;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;

/** Hands on each value of one leaf in Graft's own type; decodes a dictionary's entries once. */
final class LeafConverter extends PrimitiveConverter {
  private final boolean text;
  private final Consumer<Object> sink;
  private Object[] dictionary;

  /**
   * @param text whether binary values are UTF-8
   * @param sink takes each value that is not null
   */
  LeafConverter(boolean text, Consumer<Object> sink) {
    this.text = text;
    this.sink = sink;
  }

  @Override
  public boolean hasDictionarySupport() {
    return text;
  }

  @Override
  public void setDictionary(Dictionary entries) {
    dictionary = new Object[entries.getMaxId() + 1];
    for (int i = 0; i < dictionary.length; i++) {
      dictionary[i] = entries.decodeToBinary(i).toStringUsingUTF8();
    }
  }

  @Override
  public void addValueFromDictionary(int id) {
    sink.accept(dictionary[id]);
  }

  @Override
  public void addBinary(Binary value) {
    sink.accept(text ? value.toStringUsingUTF8() : value.getBytes());
  }

  @Override
  public void addBoolean(boolean value) {
    sink.accept(value);
  }

  @Override
  public void addInt(int value) {
    sink.accept((long) value);
  }

  @Override
  public void addLong(long value) {
    sink.accept(value);
  }

  @Override
  public void addFloat(float value) {
    sink.accept((double) value);
  }

  @Override
  public void addDouble(double value) {
    sink.accept(value);
  }
}
