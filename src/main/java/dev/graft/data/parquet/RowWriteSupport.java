package dev.graft.data.parquet;

import dev.graft.data.parquet.DatasetRow.Provenance;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Writes {@link DatasetRow}s; scores in the order of their names. */
final class RowWriteSupport extends WriteSupport<DatasetRow> {
  private final MessageType schema;
  private final List<Column> columns;
  private final Map<String, String> notes;
  private RecordConsumer out;

  /**
   * @param notes further key-value metadata, read when the file ends
   */
  RowWriteSupport(MessageType schema, List<Column> columns, Map<String, String> notes) {
    this.schema = schema;
    this.columns = columns;
    this.notes = notes;
  }

  @Override
  public FinalizedWriteContext finalizeWrite() {
    return new FinalizedWriteContext(notes);
  }

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(schema, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    this.out = consumer;
  }

  @Override
  public void write(DatasetRow row) {
    Object[] values = row.values();
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "a row of " + values.length + " values for " + columns.size() + " columns");
    }
    out.startMessage();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        Column column = columns.get(i);
        out.startField(column.name(), i);
        write(column, values[i]);
        out.endField(column.name(), i);
      }
    }
    if (row.provenance() != null) {
      out.startField(ParquetSchema.PROVENANCE, values.length);
      write(row.provenance());
      out.endField(ParquetSchema.PROVENANCE, values.length);
    }
    out.endMessage();
  }

  private void write(Column column, Object value) {
    try {
      if (column instanceof Column.Image) {
        MediaValue media = (MediaValue) value;
        out.startGroup();
        if (media.bytes() != null) {
          out.startField(ParquetSchema.BYTES, 0);
          out.addBinary(Binary.fromConstantByteArray(media.bytes()));
          out.endField(ParquetSchema.BYTES, 0);
        }
        string(ParquetSchema.PATH, 1, media.path());
        out.endGroup();
      } else if (column instanceof Column.Value plain) {
        plain(plain.type(), value);
      } else if (column instanceof Column.ListOf list) {
        list((List<?>) value, element -> plain(list.type(), element));
      } else if (column instanceof Column.Floats) {
        list((List<?>) value, element -> out.addFloat(((Double) element).floatValue()));
      } else if (column instanceof Column.Spans spans) {
        list((List<?>) value, element -> write(spans, (SpanValue) element));
      } else {
        out.addLong((Long) value);
      }
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "a " + value.getClass().getName() + " for column " + column, e);
    }
  }

  private void plain(Column.Value.Type type, Object value) {
    switch (type) {
      case STRING -> out.addBinary(Binary.fromString((String) value));
      case INT64 -> out.addLong((Long) value);
      case DOUBLE -> out.addDouble((Double) value);
      case BOOLEAN -> out.addBoolean((Boolean) value);
      case BINARY -> out.addBinary(Binary.fromConstantByteArray((byte[]) value));
    }
  }

  private void write(Column.Spans column, SpanValue span) {
    int kind = column.kinds().indexOf(span.label());
    if (kind < 0) {
      throw new IllegalArgumentException(span + " for column " + column);
    }
    out.startGroup();
    out.startField(ParquetSchema.START, 0);
    out.addInteger(span.start());
    out.endField(ParquetSchema.START, 0);
    out.startField(ParquetSchema.END, 1);
    out.addInteger(span.end());
    out.endField(ParquetSchema.END, 1);
    out.startField(ParquetSchema.LABEL, 2);
    out.addLong(kind);
    out.endField(ParquetSchema.LABEL, 2);
    out.endGroup();
  }

  private void write(Provenance provenance) {
    out.startGroup();
    string("sample_id", 0, provenance.sampleId());
    out.startField("is_synthetic", 1);
    out.addBoolean(provenance.synthetic());
    out.endField("is_synthetic", 1);
    string("generator", 2, provenance.generator());
    string("model_version", 3, provenance.modelVersion());
    if (provenance.seed() != null) {
      out.startField("seed", 4);
      out.addLong(provenance.seed());
      out.endField("seed", 4);
    }
    string("condition", 5, provenance.condition());
    out.startField("source_ids", 6);
    list(provenance.sourceIds(), source -> out.addBinary(Binary.fromString(source)));
    out.endField("source_ids", 6);
    string("run_id", 7, provenance.runId());
    out.startField("scores", 8);
    list(new TreeMap<>(provenance.scores()).entrySet(), this::write);
    out.endField("scores", 8);
    out.endGroup();
  }

  private void write(Map.Entry<String, Double> score) {
    out.startGroup();
    string("name", 0, score.getKey());
    if (score.getValue() != null) {
      out.startField("value", 1);
      out.addDouble(score.getValue());
      out.endField("value", 1);
    }
    out.endGroup();
  }

  /** An empty list is present, but its repeated field is not; an element may be null. */
  private <T> void list(Collection<T> elements, Consumer<T> element) {
    out.startGroup();
    if (!elements.isEmpty()) {
      out.startField(ParquetSchema.LIST, 0);
      for (T each : elements) {
        out.startGroup();
        if (each != null) {
          out.startField(ParquetSchema.ELEMENT, 0);
          element.accept(each);
          out.endField(ParquetSchema.ELEMENT, 0);
        }
        out.endGroup();
      }
      out.endField(ParquetSchema.LIST, 0);
    }
    out.endGroup();
  }

  private void string(String name, int index, String value) {
    if (value != null) {
      out.startField(name, index);
      out.addBinary(Binary.fromString(value));
      out.endField(name, index);
    }
  }
}
