package dev.graft.modality.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.Modality;
import dev.graft.modality.ModalityDefaults;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.RecordDecoder;
import dev.graft.modality.RowGlance;
import dev.graft.modality.RowProfile;
import dev.graft.modality.RowText;
import dev.graft.modality.RowView;
import dev.graft.modality.SignatureScheme;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.util.List;
import java.util.Optional;

/**
 * Short texts: utterances, messages, questions. Rows are UTF-8 bytes with zeros after them, stored
 * as strings in the column {@code text}; those of several parts ({@link TextParts}) are published
 * in a column for each, those with spans ({@link TextSpans}) in {@code text} and {@code spans}. The
 * spec's section, which may be left out:
 *
 * <pre>{@code
 * text:
 *   parts: [question, answer]   # where a row is several texts; one without it
 *   spans: [city, date]   # kinds of labelled stretches, where texts have any
 *   max-bytes: 256        # of a row in UTF-8
 *   too-long: refuse      # or cut
 *   case: keep            # or lower
 *   white-space: collapse # or keep: line breaks and tabs too
 * }</pre>
 */
public final class TextModality implements Modality {
  private static final double MOST_COPIED = 0.95;
  private static final double REACH = 1.15;

  /** The registered name. */
  public static final String NAME = "text";

  /**
   * Bytes of a row of texts.
   *
   * @throws GraftException (exit 2) when rows of this schema are no texts
   */
  public static int rowSize(DatasetSchema schema) {
    if (!schema.modality().equals(NAME)) {
      throw GraftException.usage(
          "this model family takes texts; the data is of the modality %s", schema.modality());
    }
    return schema.rowSize();
  }

  /**
   * Says that a model family cannot place spans.
   *
   * @throws GraftException (exit 2) when rows of this schema have any
   */
  public static void refuseSpans(DatasetSchema schema, String family) {
    if (!schema.spans().isEmpty()) {
      throw GraftException.usage(
          "a model of family %s places no spans, and rows have those of the kinds %s; use"
              + " text-transformer, text-recurrent, text-classical or text-near-words, or leave text.spans out",
          family, String.join(", ", schema.spans()));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DatasetSchema schema(JsonNode options, List<String> classes) {
    TextOptions parsed = TextOptions.parse(options);
    return new DatasetSchema(NAME, List.of(parsed.maxBytes()), classes, parsed.parts())
        .withSpans(parsed.spans());
  }

  @Override
  public RecordDecoder decoder(DatasetSchema schema, JsonNode options, RecordLimits limits) {
    return new TextDecoder(TextOptions.parse(options), limits);
  }

  @Override
  public PayloadCodec codec(DatasetSchema schema) {
    return new TextCodec(schema.rowSize());
  }

  @Override
  public Column payloadColumn() {
    return new Column.Value("text", Column.Value.Type.STRING);
  }

  @Override
  public SignatureScheme signatures(DatasetSchema schema) {
    return new MinHashSignatures(schema.rowSize(), !schema.parts().isEmpty());
  }

  @Override
  public RowProfile profile(DatasetSchema schema) {
    return new GramProfile(schema.rowSize(), !schema.parts().isEmpty());
  }

  /** Texts without a run of characters in common are no farther apart than 1.41. */
  @Override
  public RowGlance glance(DatasetSchema schema) {
    return RowGlance.of(profile(schema), schema.rowSize(), REACH);
  }

  @Override
  public Optional<RowText> text(DatasetSchema schema) {
    return Optional.of((values, offset) -> CanonicalText.plain(values, offset, schema.rowSize()));
  }

  @Override
  public ClassicalAugmenter classical(DatasetSchema schema, JsonNode options) {
    return new EasyDataAugmentation(
        schema.rowSize(),
        !schema.parts().isEmpty(),
        EasyDataAugmentation.ALPHA,
        EasyDataAugmentation.Operation.EDA);
  }

  @Override
  public RowView view(DatasetSchema schema) {
    return new TextView(schema.spans());
  }

  @Override
  public ModalityDefaults defaults() {
    return new ModalityDefaults(
        "models/text-judge.yaml",
        "models/text-examiner.yaml",
        "models/text-learner.yaml",
        List.of(
            "frechet-distance",
            "kernel-distance",
            "precision",
            "recall",
            "density",
            "coverage",
            "different-bins",
            "vendi-score",
            "repeats",
            "two-sample-auc",
            "self-bleu",
            "distinct-bigrams",
            "new-trigrams",
            "length-divergence",
            "vocabulary-divergence",
            "perplexity",
            "divergence-frontier"),
        List.of(
            new SelectRule("well-formed", Kind.MIN, new Fixed(1), 0),
            new SelectRule("personal-data", Kind.MAX, new Fixed(0), 0),
            new SelectRule("copied-span", Kind.MAX, new Fixed(MOST_COPIED), 0)));
  }
}
