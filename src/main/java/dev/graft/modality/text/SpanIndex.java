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
  private final long[] windows;

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
  }

  private static byte[] fold(String text) {
    return CanonicalText.collapsed(text.toLowerCase(Locale.ROOT)).getBytes(StandardCharsets.UTF_8);
  }

  /** The upper bits of a hash of the bytes at a place, the lower ones 0. */
  private static long window(byte[] text, int place) {
    return CounterRandom.mix((long) BYTES.get(text, place)) & ~PLACE;
  }

  /** Length of the longest run over that of the text, in bytes: 0 to 1, 1 for a text within one. */
  public double longestShare(String text) {
    byte[] asked = fold(text);
    int longest = 0;
    for (int i = 0; i + Math.max(SHORTEST, longest + 1) <= asked.length; i++) {
      longest = longestAt(asked, i, longest);
    }
    return asked.length == 0 ? 0 : (double) longest / asked.length;
  }

  /**
   * @param known length of the longest run so far
   * @return that of the longest one at a place, if it is longer
   */
  private int longestAt(byte[] asked, int place, int known) {
    long key = window(asked, place);
    int at = Arrays.binarySearch(windows, key);
    int longest = Math.max(known, SHORTEST - 1);
    for (int i = at < 0 ? -at - 1 : at; i < windows.length && (windows[i] & ~PLACE) == key; i++) {
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
