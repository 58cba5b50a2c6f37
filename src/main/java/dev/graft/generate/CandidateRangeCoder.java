package dev.graft.generate;

import dev.graft.data.Condition;
import dev.graft.data.ConditionCoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** A range in a handful of bytes. */
public final class CandidateRangeCoder extends AtomicCoder<CandidateRange> {
  private static final long serialVersionUID = 1L;
  private static final CandidateRangeCoder INSTANCE = new CandidateRangeCoder();

  private CandidateRangeCoder() {}

  public static CandidateRangeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(CandidateRange range, OutputStream out) throws IOException {
    ConditionCoder.of().encode(range.condition(), out);
    VarInt.encode(range.round(), out);
    VarInt.encode(range.firstIndex(), out);
    VarInt.encode(range.count(), out);
  }

  @Override
  public CandidateRange decode(InputStream in) throws IOException {
    Condition condition = ConditionCoder.of().decode(in);
    return new CandidateRange(
        condition, VarInt.decodeInt(in), VarInt.decodeLong(in), VarInt.decodeInt(in));
  }
}
