package dev.graft.data.parquet;

import dev.graft.data.parquet.DatasetRow.Provenance;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;

/** A row between workers; deterministic. */
public final class DatasetRowCoder extends AtomicCoder<DatasetRow> {
  private static final long serialVersionUID = 1L;
  private static final DatasetRowCoder INSTANCE = new DatasetRowCoder();

  private DatasetRowCoder() {}

  public static DatasetRowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(DatasetRow row, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(row.values().length);
    for (Object value : row.values()) {
      RowValues.write(value, out);
    }
    Provenance provenance = row.provenance();
    out.writeBoolean(provenance != null);
    if (provenance != null) {
      RowValues.write(provenance.sampleId(), out);
      out.writeBoolean(provenance.synthetic());
      RowValues.write(provenance.generator(), out);
      RowValues.write(provenance.modelVersion(), out);
      RowValues.write(provenance.seed(), out);
      RowValues.write(provenance.condition(), out);
      RowValues.write(provenance.sourceIds(), out);
      RowValues.write(provenance.runId(), out);
      RowValues.write(provenance.scores(), out);
    }
    out.flush();
  }

  @Override
  @SuppressWarnings("unchecked")
  public DatasetRow decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    Object[] values = new Object[in.readInt()];
    for (int i = 0; i < values.length; i++) {
      values[i] = RowValues.read(in);
    }
    if (!in.readBoolean()) {
      return new DatasetRow(values, null);
    }
    return new DatasetRow(
        values,
        new Provenance(
            (String) RowValues.read(in),
            in.readBoolean(),
            (String) RowValues.read(in),
            (String) RowValues.read(in),
            (Long) RowValues.read(in),
            (String) RowValues.read(in),
            (List<String>) RowValues.read(in),
            (String) RowValues.read(in),
            (Map<String, Double>) RowValues.read(in)));
  }
}
