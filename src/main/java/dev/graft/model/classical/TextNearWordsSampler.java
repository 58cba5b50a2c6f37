package dev.graft.model.classical;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextSpans;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.StoredModel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Training texts with near words, each drawn by seed, condition and index alone. A text of several
 * parts, or with spans, goes on as no other; spans stay as they are.
 *
 * <p>Controls: {@code share} of the words with near ones that is changed, 0 to 1, and {@code
 * temperature} of the choice among near words, above 0; those of the definition by default. A
 * variation of strength s is its source with s of these words changed; it goes on as no other text.
 */
final class TextNearWordsSampler implements DerivingSampler {
  static final String SHARE = "share";
  static final String TEMPERATURE = "temperature";

  private static final Pattern TOKEN = Pattern.compile("\\S+");
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final double LEAST_TEMPERATURE = 1e-3;
  private static final int SPLICED = 2; // counters of the random numbers; KeptRows takes 1
  private static final int ACROSS = 3;
  private static final int CUT = 5;
  private static final int OTHER_CUT = 6;
  private static final int FIRST = 7;
  private static final int WORDS = 16;

  private final NearWordsArchitecture architecture;
  private final int rowSize;
  private final boolean parted;
  private final KeptRows rows;
  private final NearWords near;
  private final int batch;

  TextNearWordsSampler(StoredModel model) {
    this.architecture = NearWordsArchitecture.of(model.card().definition().architecture());
    this.rowSize = model.card().schema().rowSize();
    this.parted = !model.card().schema().parts().isEmpty();
    this.rows = KeptRows.of(model);
    this.near = NearWords.in(model.weights());
    this.batch = model.card().definition().compute().batch();
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    int label = ClassCondition.label(condition, rows.classes(), TextNearWordsFamily.NAME);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    double share = share(controls, architecture.share());
    double temperature = temperature(controls);
    byte[] out = new byte[count * rowSize];
    for (int i = 0; i < count; i++) {
      CounterRandom random = randoms.apply(firstIndex + i);
      String text = begun(rows.row(label, firstIndex + i), label, random);
      write(changed(text, share, temperature, random), text, out, i * rowSize);
    }
    return out;
  }

  @Override
  public byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (!(derivation instanceof Variation variation)) {
      throw GraftException.usage(
          "a model of family %s varies rows and does nothing else", TextNearWordsFamily.NAME);
    }
    ClassCondition.label(condition, rows.classes(), TextNearWordsFamily.NAME);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    double share = variation.strength() * share(controls, 1);
    double temperature = temperature(controls);
    byte[] sources = variation.sources().values();
    byte[] out = new byte[sources.length];
    for (int i = 0; i < indices.length; i++) {
      String text = CanonicalText.read(sources, i * rowSize, rowSize);
      CounterRandom random = randoms.apply(indices[i]);
      write(changed(text, share, temperature, random), text, out, i * rowSize);
    }
    return out;
  }

  private String text(int row) {
    return CanonicalText.read(rows.values(), row * rowSize, rowSize);
  }

  /** A row's text, or the beginning or end of it with those of another. */
  private String begun(int row, int label, CounterRandom random) {
    String text = text(row);
    if (parted || random.uniform(SPLICED) >= architecture.splice()) {
      return text;
    }
    int other = rows.other(row, label, random.uniform(ACROSS) < architecture.across(), random);
    String rest = text(other);
    boolean whole = other == row || TextSpans.any(text) || TextSpans.any(rest);
    return whole ? text : spliced(text, rest, random);
  }

  /** The beginning of one of two texts and the end of the other; a word of each at least. */
  private static String spliced(String text, String other, CounterRandom random) {
    boolean first = random.bits(FIRST) < 0;
    String[] before = SPACE.split((first ? text : other).strip());
    String[] after = SPACE.split((first ? other : text).strip());
    int cut = 1 + random.below(CUT, before.length);
    int from = random.below(OTHER_CUT, after.length);
    List<String> words = new ArrayList<>(List.of(before).subList(0, cut));
    words.addAll(List.of(after).subList(from, after.length));
    return String.join(" ", words);
  }

  /** White space stays as it is, spans too. */
  private String changed(String text, double share, double temperature, CounterRandom random) {
    StringBuilder out = new StringBuilder();
    Matcher token = TOKEN.matcher(text);
    int end = 0;
    boolean within = false;
    for (int word = 0; token.find(); word++) {
      out.append(text, end, token.start());
      end = token.end();
      boolean marked = TextSpans.any(token.group());
      boolean chosen = !marked && !within && random.uniform(WORDS + 2L * word) < share;
      out.append(
          chosen
              ? near.replace(
                  token.group(),
                  temperature,
                  CounterRandom.of(random.bits(WORDS + 2L * word + 1), word))
              : token.group());
      within = marked ? TextSpans.endsWithin(token.group()) : within;
    }
    return out.append(text, end, text.length()).toString();
  }

  private static double share(Controls controls, double otherwise) {
    double share = controls.get(SHARE, otherwise);
    if (!(share >= 0 && share <= 1)) {
      throw GraftException.usage(
          "control share is %s; allowed: 0 (no word is changed) to 1 (every one that has near"
              + " words)",
          share);
    }
    return share;
  }

  private double temperature(Controls controls) {
    double temperature = controls.get(TEMPERATURE, architecture.temperature());
    if (!(temperature >= LEAST_TEMPERATURE)) {
      throw GraftException.usage(
          "control temperature is %s; allowed: %s (the nearest word) and more",
          temperature, LEAST_TEMPERATURE);
    }
    return temperature;
  }

  /** A text with parts or spans that became too long stays what it was; another is cut. */
  private void write(String changed, String text, byte[] out, int offset) {
    boolean whole = parted || TextSpans.any(text);
    boolean tooLong = changed.getBytes(StandardCharsets.UTF_8).length > rowSize;
    CanonicalText.writeMarked(whole && tooLong ? text : changed, out, offset, rowSize);
  }

  @Override
  public void close() {}
}
