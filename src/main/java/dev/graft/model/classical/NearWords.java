package dev.graft.model.classical;

import dev.graft.data.CounterRandom;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words that may stand for the words of training texts, each with the cosine of the two embeddings,
 * the nearest first.
 *
 * @param of near words by word, in lower case
 */
record NearWords(Map<String, List<Near>> of) {
  private static final String TENSOR = "near-words";
  private static final Pattern WORD =
      Pattern.compile("([^\\p{L}\\p{N}_]*)(\\p{L}{3,})([^\\p{L}\\p{N}_]*)");

  /**
   * @param word in lower case
   * @param cosine -1 to 1
   */
  record Near(String word, double cosine) {}

  NearWords {
    of = Map.copyOf(of);
  }

  /** The part of a token between white space that a near word may take the place of, or empty. */
  static String core(String token) {
    Matcher matcher = WORD.matcher(token);
    return matcher.matches() ? matcher.group(2).toLowerCase(Locale.ROOT) : "";
  }

  /**
   * A word near that of a token, in its place: capital letters and what is around it stay.
   *
   * @param random counter 0 is used
   * @return the token itself where its word has none
   */
  String replace(String token, double temperature, CounterRandom random) {
    Matcher matcher = WORD.matcher(token);
    List<Near> near = matcher.matches() ? of.get(core(token)) : null;
    if (near == null || near.isEmpty()) {
      return token;
    }
    String word = matcher.group(2);
    String other = draw(near, temperature, random.uniform(0));
    return matcher.group(1) + inCaseOf(word, other) + matcher.group(3);
  }

  private static String draw(List<Near> near, double temperature, double uniform) {
    double[] sums = new double[near.size()];
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += StrictMath.exp((near.get(i).cosine() - near.get(0).cosine()) / temperature);
      sums[i] = sum;
    }
    int drawn = 0;
    while (drawn < sums.length - 1 && sums[drawn] <= uniform * sum) {
      drawn++;
    }
    return near.get(drawn).word();
  }

  private static String inCaseOf(String word, String other) {
    if (word.equals(word.toUpperCase(Locale.ROOT))) {
      return other.toUpperCase(Locale.ROOT);
    }
    return Character.isUpperCase(word.codePointAt(0))
        ? other.substring(0, 1).toUpperCase(Locale.ROOT) + other.substring(1)
        : other;
  }

  /** The same weights with these words: a line for each, its near words and cosines behind tabs. */
  byte[] addedTo(byte[] weights) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(of)
        .forEach(
            (word, near) -> {
              lines.append(word);
              near.forEach(
                  n -> lines.append('\t').append(n.word()).append('\t').append(n.cosine()));
              lines.append('\n');
            });
    return Safetensors.decode(weights)
        .withBytes(TENSOR, ByteTensor.of(lines.toString().getBytes(StandardCharsets.UTF_8)))
        .encode();
  }

  /** Those of {@link #addedTo}. */
  static NearWords in(byte[] weights) {
    byte[] lines = Safetensors.decode(weights).bytes().get(TENSOR).values();
    Map<String, List<Near>> of = new TreeMap<>();
    for (String line : new String(lines, StandardCharsets.UTF_8).split("\n")) {
      List<String> fields = Arrays.asList(line.split("\t"));
      List<Near> near = new ArrayList<>();
      for (int i = 1; i < fields.size(); i += 2) {
        near.add(new Near(fields.get(i), Double.parseDouble(fields.get(i + 1))));
      }
      of.put(fields.get(0), List.copyOf(near));
    }
    return new NearWords(of);
  }
}
