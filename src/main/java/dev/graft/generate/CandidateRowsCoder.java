package dev.graft.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** The range, then whole columns. */
final class CandidateRowsCoder extends AtomicCoder<CandidateRows> {
  private static final long serialVersionUID = 1L;
  private static final CandidateRowsCoder INSTANCE = new CandidateRowsCoder();

  private CandidateRowsCoder() {}

  static CandidateRowsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CandidateRows rows, OutputStream out) throws IOException {
    CandidateRangeCoder.of().encode(rows.range(), out);
    PackedColumns.write(rows.ids(), out);
    PackedColumns.write(rows.scores(), out);
    PackedColumns.write(rows.signatures(), out);
    PackedColumns.write(rows.nothing(), out);
  }

  @Override
  public CandidateRows decode(InputStream in) throws IOException {
    CandidateRange range = CandidateRangeCoder.of().decode(in);
    long[] ids = PackedColumns.readLongs(in);
    float[][] scores = PackedColumns.readFloats(in);
    byte[] signatures = PackedColumns.readBytes(in);
    return new CandidateRows(range, ids, scores, signatures, PackedColumns.readInts(in));
  }
}
