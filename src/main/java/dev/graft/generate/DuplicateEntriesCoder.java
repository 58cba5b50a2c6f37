package dev.graft.generate;

import dev.graft.select.DuplicateEntries;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** Whole columns. */
final class DuplicateEntriesCoder extends AtomicCoder<DuplicateEntries> {
  private static final long serialVersionUID = 1L;
  private static final DuplicateEntriesCoder INSTANCE = new DuplicateEntriesCoder();

  private DuplicateEntriesCoder() {}

  static DuplicateEntriesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(DuplicateEntries entries, OutputStream out) throws IOException {
    PackedColumns.write(entries.buckets(), out);
    PackedColumns.write(entries.rows(), out);
    PackedColumns.write(entries.orders(), out);
    VarInt.encode(entries.signatureLength(), out);
    PackedColumns.write(entries.signatures(), out);
  }

  @Override
  public DuplicateEntries decode(InputStream in) throws IOException {
    long[] buckets = PackedColumns.readLongs(in);
    int[] rows = PackedColumns.readInts(in);
    long[] orders = PackedColumns.readLongs(in);
    int length = VarInt.decodeInt(in);
    return new DuplicateEntries(buckets, rows, orders, length, PackedColumns.readBytes(in));
  }
}
