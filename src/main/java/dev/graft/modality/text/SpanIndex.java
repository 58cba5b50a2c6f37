package dev.graft.modality.text;

import dev.graft.data.CounterRandom;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Finds the longest run of characters that a text has in common with any of many texts, case and
 * white space aside. Exact for runs of {@value #SHORTEST} bytes and more; shorter ones count as
 * none. Thread-safe.
 */
public final class SpanIndex {
  static final int SHORTEST = 8;

  private static final int PLACE_BITS = 28;
  private static final long PLACE = (1L << PLACE_BITS) - 1;
  private static final VarHandle BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] texts;
  private final long[] windows; // ascending: the hash of a window, then its place
  private final int[] slots; // where the windows begin whose hashes begin with these bits
  private final int slotShift;

  /**
   * @param texts to search; 256 MiB in all at most
   */
  public SpanIndex(List<String> texts) {
    byte[][] folded = texts.stream().map(SpanIndex::fold).toArray(byte[][]::new);
    int length = Arrays.stream(folded).mapToInt(text -> text.length + 1).sum();
    if (length > PLACE) {
      throw new IllegalArgumentException(length + " bytes of texts; at most " + PLACE);
    }
    this.texts = new byte[length]; // a zero, which no text holds, ends each
    long[] found = new long[length];
    int count = 0;
    int start = 0;
    for (byte[] text : folded) {
      System.arraycopy(text, 0, this.texts, start, text.length);
      for (int i = 0; i + SHORTEST <= text.length; i++) {
        found[count++] = window(text, i) | (start + i);
      }
      start += text.length + 1;
    }
    this.windows = Arrays.copyOf(found, count);
    Arrays.sort(windows);
    int slotBits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
    this.slotShift = Long.SIZE - 1 - slotBits;
    this.slots = new int[(1 << slotBits) + 1];
    for (long window : windows) {
      slots[(int) (window >>> slotShift) + 1]++;
    }
    for (int slot = 1; slot < slots.length; slot++) {
      slots[slot] += slots[slot - 1];
    }
  }

  private static byte[] fold(String text) {
    return CanonicalText.collapsed(text.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
  }

  /** A hash of the bytes at a place, 0 or more, of which the lower bits are 0. */
  private static long window(byte[] text, int place) {
    return CounterRandom.mix((long) BYTES.get(text, place)) & Long.MAX_VALUE & ~PLACE;
  }

  /** Length of the longest run over that of the text, in bytes: 0 to 1, 1 for a text within one. */
  public double longestShare(String text) {
    byte[] asked = fold(text);
    int longest = 0;
    for (int from = 0; from + Math.max(SHORTEST, longest + 1) <= asked.length; ) {
      // Every longer run from here on, up to the last one that holds this window, must have it.
      int last = from + Math.max(SHORTEST, longest + 1) - SHORTEST;
      if (first(window(asked, last)) < 0) {
        from = last + 1;
      } else {
        longest = longestAt(asked, from, longest);
        from++;
      }
    }
    return asked.length == 0 ? 0 : (double) longest / asked.length;
  }

  /** The first of the windows of a hash; negative when there is none. */
  private int first(long key) {
    int slot = (int) (key >>> slotShift);
    for (int i = slots[slot]; i < slots[slot + 1]; i++) {
      if ((windows[i] & ~PLACE) == key) {
        return i;
      }
    }
    return -1;
  }

  /**
   * @param known length of the longest run so far
   * @return that of the longest one at a place, if it is longer
   */
  private int longestAt(byte[] asked, int place, int known) {
    long key = window(asked, place);
    int at = first(key);
    int longest = Math.max(known, SHORTEST - 1);
    for (int i = at; i >= 0 && i < windows.length && (windows[i] & ~PLACE) == key; i++) {
      int from = (int) (windows[i] & PLACE);
      if (place + longest >= asked.length
          || from + longest >= texts.length
          || asked[place + longest] != texts[from + longest]) {
        continue;
      }
      int length = 0;
      while (place + length < asked.length && asked[place + length] == texts[from + length]) {
        length++;
      }
      longest = Math.max(longest, length);
    }
    return longest >= SHORTEST ? longest : known;
  }
}
