package dev.graft.score;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextParts;
import dev.graft.modality.text.TextSpans;
import java.util.BitSet;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Share of the characters of a text that real training texts hold too; 0 for a text that is empty,
 * longer or shorter than all of them, or without all of its declared parts. The marks of spans are
 * no characters of a text, which has 0 where they do not pair up.
 */
final class WellFormed {
  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.ofMarked(
          new Scorer.ScorerInfo(
              "well-formed",
              true,
              0,
              1,
              "Share of the characters that real texts hold too; 0 for a text of a length that no"
                  + " real one has, or with other parts than are declared or an empty one, or with"
                  + " spans that do not begin and end."),
          WellFormed::of);

  private WellFormed() {}

  private static ToDoubleFunction<String> of(DatasetSchema schema, List<String> marked) {
    List<String> references = marked.stream().map(TextSpans::plain).toList();
    int parts = schema.parts().size();
    BitSet known = new BitSet();
    int[] lengths = references.stream().mapToInt(String::length).sorted().toArray();
    references.forEach(text -> text.codePoints().forEach(known::set));
    return given -> {
      String text = TextSpans.plain(given);
      if (text.isEmpty()
          || lengths.length == 0
          || text.length() < lengths[0]
          || text.length() > lengths[lengths.length - 1]
          || parts > 0 && !TextParts.complete(text, parts)
          || !TextSpans.sound(given, schema.spans())) {
        return 0;
      }
      return share(text, known);
    };
  }

  private static double share(String text, BitSet known) {
    int all = 0;
    int met = 0;
    for (int i = 0, point; i < text.length(); i += Character.charCount(point)) {
      point = text.codePointAt(i);
      all++;
      met += known.get(point) ? 1 : 0;
    }
    return met / (double) all;
  }
}
