package dev.graft.evaluate.metric;

import dev.graft.modality.text.CharacterModel;
import java.util.List;

/**
 * Perplexity of the characters of synthetic texts under an n-gram model of the real ones of the
 * comparison, see {@link CharacterModel}: exp of the mean of -log p over all their characters, ends
 * among them. Stands beside that of unseen real texts: far above it texts read like no real ones,
 * far below it they repeat what is usual.
 */
public final class Perplexity extends TextMetric {
  public Perplexity() {
    super(
        new MetricInfo(
            "perplexity",
            Goal.MINIMIZE,
            1,
            Double.POSITIVE_INFINITY,
            "exp(-sum log p(c | 4 before) / characters), p by interpolated Witten-Bell",
            "Witten & Bell 1991, The zero-frequency problem; Jelinek et al. 1977, Perplexity",
            "How many characters an n-gram model of real texts has to choose from at each one of"
                + " the synthetic texts; near that of unseen real texts is best."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) {
    CharacterModel model = new CharacterModel(real.stream().map(Perplexity::text).toList());
    double nats = 0;
    long characters = 0;
    for (List<String> words : synthetic) {
      String text = text(words);
      int own = text.codePointCount(0, text.length()) + 1;
      nats += own * model.natsPerCharacter(text);
      characters += own;
    }
    return Math.exp(nats / characters);
  }

  private static String text(List<String> words) {
    return String.join(" ", words);
  }
}
