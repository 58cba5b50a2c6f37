package dev.graft.model.language;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A byte-level byte pair encoding (Sennrich et al. 2016, https://arxiv.org/abs/1508.07909; Radford
 * et al. 2019). Tokens 0 to 255 are the bytes, each later one joins two earlier ones, and the last
 * is {@link #end}, which no text holds. Every text can be encoded, and decoding gives it back.
 * Thread-safe.
 */
final class BytePairs implements Tokens {
  /** Tokens before any are joined. */
  static final int BYTES = 256;

  /** How texts fall into pieces, which tokens never cross (that of GPT-2). */
  static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
          Pattern.UNICODE_CHARACTER_CLASS);

  /**
   * Two tokens that become one.
   *
   * @param left token
   * @param right token
   */
  record Merge(int left, int right) {
    private static final int BITS = 32;

    long key() {
      return (long) left << BITS | right;
    }

    static Merge of(long key) {
      return new Merge((int) (key >>> BITS), (int) key);
    }
  }

  private final List<Merge> merges;
  private final Map<Long, Integer> joined = new HashMap<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final Map<String, int[]> pieces = new ConcurrentHashMap<>();

  /**
   * @param merges in the order in which they were learned
   */
  BytePairs(List<Merge> merges) {
    this.merges = List.copyOf(merges);
    for (int value = 0; value < BYTES; value++) {
      bytes.add(new byte[] {(byte) value});
    }
    for (Merge merge : merges) {
      joined.putIfAbsent(merge.key(), bytes.size());
      byte[] left = bytes.get(merge.left());
      byte[] right = bytes.get(merge.right());
      byte[] both = new byte[left.length + right.length];
      System.arraycopy(left, 0, both, 0, left.length);
      System.arraycopy(right, 0, both, left.length, right.length);
      bytes.add(both);
    }
  }

  List<Merge> merges() {
    return merges;
  }

  @Override
  public byte[] bytes(int token) {
    return bytes.get(token);
  }

  @Override
  public boolean drawable(int token) {
    return true;
  }

  @Override
  public int end() {
    return bytes.size();
  }

  @Override
  public int[] encode(String text) {
    List<int[]> parts = new ArrayList<>();
    int length = 0;
    for (Matcher matcher = PIECES.matcher(text); matcher.find(); ) {
      int[] part = pieces.computeIfAbsent(matcher.group(), this::encodePiece);
      parts.add(part);
      length += part.length;
    }
    int[] tokens = new int[length];
    int at = 0;
    for (int[] part : parts) {
      System.arraycopy(part, 0, tokens, at, part.length);
      at += part.length;
    }
    return tokens;
  }

  /** Joins the pair that was learned first, until none is left. */
  private int[] encodePiece(String piece) {
    int[] tokens = bytesOf(piece);
    while (true) {
      int best = Integer.MAX_VALUE;
      for (int i = 0; i + 1 < tokens.length; i++) {
        best = Math.min(best, joined.getOrDefault(key(tokens[i], tokens[i + 1]), best));
      }
      if (best == Integer.MAX_VALUE) {
        return tokens;
      }
      tokens = join(tokens, merges.get(best - BYTES), best);
    }
  }

  @Override
  public String decode(int[] tokens, int count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.writeBytes(bytes.get(tokens[i]));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  static int[] bytesOf(String piece) {
    byte[] utf8 = piece.getBytes(StandardCharsets.UTF_8);
    int[] tokens = new int[utf8.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = utf8[i] & 0xFF;
    }
    return tokens;
  }

  static long key(int left, int right) {
    return new Merge(left, right).key();
  }

  /** Every such pair of {@code tokens}, from the left, as {@code token}. */
  static int[] join(int[] tokens, Merge pair, int token) {
    int[] out = new int[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      boolean meets =
          i + 1 < tokens.length && tokens[i] == pair.left() && tokens[i + 1] == pair.right();
      out[length++] = meets ? token : tokens[i];
      i += meets ? 1 : 0;
    }
    return Arrays.copyOf(out, length);
  }
}
