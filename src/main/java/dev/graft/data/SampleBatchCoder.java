package dev.graft.data;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.util.VarInt;

/**
 * A batch as one header and whole columns: condition, round, first index, rows, row size, ids (16
 * bytes each), values, payloads with their lengths, each score column as big-endian floats, then
 * origins where there are any. No field names, no per-row objects.
 */
public final class SampleBatchCoder extends AtomicCoder<SampleBatch> {
  private static final long serialVersionUID = 1L;
  private static final SampleBatchCoder INSTANCE = new SampleBatchCoder();

  private SampleBatchCoder() {}

  public static SampleBatchCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SampleBatch batch, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    int rows = batch.size();
    ConditionCoder.of().encode(batch.condition(), out);
    VarInt.encode(batch.round(), out);
    VarInt.encode(batch.firstIndex(), out);
    VarInt.encode(rows, out);
    VarInt.encode(batch.rowSize(), out);
    ByteBuffer ids = ByteBuffer.allocate(rows * 16);
    for (int row = 0; row < rows; row++) {
      ids.putLong(batch.id(row).high()).putLong(batch.id(row).low());
    }
    out.write(ids.array());
    out.write(batch.values());
    for (int row = 0; row < rows; row++) {
      VarInt.encode(batch.payload(row).length, out);
      out.write(batch.payload(row));
    }
    VarInt.encode(batch.scores().size(), out);
    for (Map.Entry<String, float[]> column : batch.scores().entrySet()) {
      StringUtf8Coder.of().encode(column.getKey(), out);
      ByteBuffer floats = ByteBuffer.allocate(rows * Float.BYTES);
      floats.asFloatBuffer().put(column.getValue());
      out.write(floats.array());
    }
    VarInt.encode(batch.origins().size(), out);
    for (Origin origin : batch.origins()) {
      ConditionCoder.of().encode(origin.condition(), out);
      VarInt.encode(origin.sources().size(), out);
      for (SampleId source : origin.sources()) {
        out.writeLong(source.high());
        out.writeLong(source.low());
      }
    }
    out.flush();
  }

  @Override
  public SampleBatch decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    Condition condition = ConditionCoder.of().decode(in);
    int round = VarInt.decodeInt(in);
    long firstIndex = VarInt.decodeLong(in);
    int rows = VarInt.decodeInt(in);
    int rowSize = VarInt.decodeInt(in);
    ByteBuffer packedIds = ByteBuffer.wrap(read(in, rows * 16));
    SampleId[] ids = new SampleId[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = new SampleId(packedIds.getLong(), packedIds.getLong());
    }
    byte[] values = read(in, rows * rowSize);
    byte[][] payloads = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      payloads[row] = read(in, VarInt.decodeInt(in));
    }
    int columns = VarInt.decodeInt(in);
    Map<String, float[]> scores = new LinkedHashMap<>();
    for (int i = 0; i < columns; i++) {
      String name = StringUtf8Coder.of().decode(in);
      float[] column = new float[rows];
      ByteBuffer.wrap(read(in, rows * Float.BYTES)).asFloatBuffer().get(column);
      scores.put(name, column);
    }
    List<Origin> origins = new ArrayList<>();
    int derived = VarInt.decodeInt(in);
    for (int row = 0; row < derived; row++) {
      Condition own = ConditionCoder.of().decode(in);
      SampleId[] sources = new SampleId[VarInt.decodeInt(in)];
      for (int i = 0; i < sources.length; i++) {
        sources[i] = new SampleId(in.readLong(), in.readLong());
      }
      origins.add(new Origin(own, List.of(sources)));
    }
    return new SampleBatch(
        condition, round, firstIndex, ids, rowSize, values, payloads, scores, origins);
  }

  private static byte[] read(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
