package dev.graft.generate;

import dev.graft.select.DuplicateMarks;
import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;

/** A byte that says which note it is, then whole columns. */
final class SelectionNoteCoder extends AtomicCoder<SelectionNote> {
  private static final long serialVersionUID = 1L;
  private static final SelectionNoteCoder INSTANCE = new SelectionNoteCoder();
  private static final int ROWS = 1;
  private static final int MARKS = 2;

  private SelectionNoteCoder() {}

  static SelectionNoteCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SelectionNote note, OutputStream out) throws IOException {
    if (note instanceof JudgedRows rows) {
      out.write(ROWS);
      encodeRows(rows, out);
    } else if (note instanceof DuplicateMarks marks) {
      out.write(MARKS);
      PackedColumns.write(marks.orders(), out);
      PackedColumns.write(marks.collapsed(), out);
      PackedColumns.write(marks.published(), out);
    }
  }

  @Override
  public SelectionNote decode(InputStream in) throws IOException {
    if (in.read() == ROWS) {
      return decodeRows(in);
    }
    long[] orders = PackedColumns.readLongs(in);
    long[] collapsed = PackedColumns.readLongs(in);
    return new DuplicateMarks(orders, collapsed, PackedColumns.readLongs(in));
  }

  static void encodeRows(JudgedRows rows, OutputStream out) throws IOException {
    VarInt.encode(rows.label() + 1, out);
    VarInt.encode(rows.round(), out);
    VarInt.encode(rows.firstIndex(), out);
    VarInt.encode(rows.count(), out);
    PackedColumns.write(rows.offsets(), out);
    PackedColumns.write(rows.ids(), out);
    PackedColumns.write(rows.verdicts(), out);
    PackedColumns.write(rows.ranked(), out);
  }

  static JudgedRows decodeRows(InputStream in) throws IOException {
    int label = VarInt.decodeInt(in) - 1;
    int round = VarInt.decodeInt(in);
    long firstIndex = VarInt.decodeLong(in);
    int count = VarInt.decodeInt(in);
    int[] offsets = PackedColumns.readInts(in);
    long[] ids = PackedColumns.readLongs(in);
    byte[] verdicts = PackedColumns.readBytes(in);
    float[][] ranked = PackedColumns.readFloats(in);
    return new JudgedRows(label, round, firstIndex, count, offsets, ids, verdicts, ranked);
  }
}
