package dev.graft.modality;

/**
 * Rows as vectors of bytes of which the nearest ones tell a copy: what the exact check of copies
 * compares, by Euclidean distance. Deterministic and thread-safe.
 */
public interface RowProfile {
  /** Bytes of a row's profile. */
  int length();

  /**
   * The profiles of rows.
   *
   * @param values stored rows, one after the other; not changed, but may be what is returned
   * @return (rows, length)
   */
  byte[] of(byte[] values);

  /** The stored values themselves. */
  static RowProfile stored(int rowSize) {
    return new RowProfile() {
      @Override
      public int length() {
        return rowSize;
      }

      @Override
      public byte[] of(byte[] values) {
        return values;
      }
    };
  }
}
