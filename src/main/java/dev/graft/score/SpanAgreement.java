package dev.graft.score;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.CharacterModel;
import dev.graft.modality.text.TextSpans;
import dev.graft.modality.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Share of the spans of a text that read like real spans of their kind: the n-gram model of those
 * ({@link CharacterModel}) finds what such a span holds at least as likely as the models of the
 * other kinds, and of the words that stand outside of spans, do. A kind that no reference has is
 * never agreed to. Blind to what should be a span and is none, and to the words around it.
 */
final class SpanAgreement {
  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.ofMarked(
          new Scorer.ScorerInfo(
              "span-agreement",
              true,
              0,
              1,
              "Share of the spans that read like real ones of their kind, and neither like those of"
                  + " another kind nor like words outside of spans; 1 for a text without spans."),
          SpanAgreement::of);

  private SpanAgreement() {}

  private static ToDoubleFunction<String> of(DatasetSchema schema, List<String> references) {
    List<List<String>> contents = new ArrayList<>(); // of each kind, then of no span
    IntStream.rangeClosed(0, schema.spans().size())
        .forEach(kind -> contents.add(new ArrayList<>()));
    List<String> outside = contents.get(schema.spans().size());
    references.forEach(
        text ->
            TextSpans.forEach(
                text,
                (piece, kind) -> {
                  if (kind < 0) {
                    outside.addAll(Words.of(piece));
                  } else if (kind < schema.spans().size()) {
                    contents.get(kind).add(piece);
                  }
                }));
    CharacterModel[] models =
        contents.stream()
            .map(texts -> texts.isEmpty() ? null : new CharacterModel(texts))
            .toArray(CharacterModel[]::new);
    return text -> share(text, models);
  }

  /**
   * @param models of each kind, then of no span; null for one without texts
   */
  private static double share(String text, CharacterModel[] models) {
    int[] counts = new int[2];
    TextSpans.forEach(
        text,
        (piece, kind) -> {
          if (kind >= 0) {
            counts[0]++;
            counts[1] += kind < models.length - 1 && agrees(piece, models[kind], models) ? 1 : 0;
          }
        });
    return counts[0] == 0 ? 1 : (double) counts[1] / counts[0];
  }

  private static boolean agrees(String piece, CharacterModel own, CharacterModel[] models) {
    if (own == null) {
      return false;
    }
    double nats = own.natsPerCharacter(piece);
    for (CharacterModel other : models) {
      if (other != null && other.natsPerCharacter(piece) < nats) {
        return false;
      }
    }
    return true;
  }
}
