package dev.graft.ingest;

import dev.graft.data.SampleId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/** A batch as one header and its columns. */
public final class RowBatchCoder extends AtomicCoder<RowBatch> {
  private static final long serialVersionUID = 1L;
  private static final RowBatchCoder INSTANCE = new RowBatchCoder();

  private RowBatchCoder() {}

  public static RowBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(RowBatch batch, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeBoolean(batch.official());
    VarInt.encode(batch.sourceRows(), out);
    VarInt.encode(batch.size(), out);
    VarInt.encode(batch.rowSize(), out);
    for (int row = 0; row < batch.size(); row++) {
      out.writeLong(batch.ids()[row].high());
      out.writeLong(batch.ids()[row].low());
      VarInt.encode(batch.labels()[row], out);
      StringUtf8Coder.of().encode(batch.groups()[row], out);
      out.writeBoolean(batch.synthetic()[row]);
    }
    out.write(batch.values());
    out.flush();
  }

  @Override
  public RowBatch decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    boolean official = in.readBoolean();
    long sourceRows = VarInt.decodeLong(in);
    int rows = VarInt.decodeInt(in);
    int rowSize = VarInt.decodeInt(in);
    SampleId[] ids = new SampleId[rows];
    int[] labels = new int[rows];
    String[] groups = new String[rows];
    boolean[] synthetic = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = new SampleId(in.readLong(), in.readLong());
      labels[row] = VarInt.decodeInt(in);
      groups[row] = StringUtf8Coder.of().decode(in);
      synthetic[row] = in.readBoolean();
    }
    byte[] values = new byte[rows * rowSize];
    in.readFully(values);
    return new RowBatch(official, sourceRows, ids, labels, groups, synthetic, rowSize, values);
  }
}
