package dev.graft.data.parquet;

import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;

/** A group that does something before and after its fields. */
final class StructConverter extends GroupConverter {
  private final Converter[] fields;
  private final Runnable onStart;
  private final Runnable onEnd;

  StructConverter(Converter[] fields, Runnable onStart, Runnable onEnd) {
    this.fields = fields;
    this.onStart = onStart;
    this.onEnd = onEnd;
  }

  @Override
  public Converter getConverter(int field) {
    return fields[field];
  }

  @Override
  public void start() {
    onStart.run();
  }

  @Override
  public void end() {
    onEnd.run();
  }
}
