package dev.graft.model.classical;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.spec.GenerationMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Training texts whose words became words of near meaning, by the embeddings of a pretrained
 * sentence encoder (substitution by embeddings, Wang &amp; Yang 2015,
 * https://aclanthology.org/D15-1306/), some of which go on as another training text. It knows words
 * that no training text has, which is what few texts lack. A model holds texts and near words, not
 * the encoder.
 */
public final class TextNearWordsFamily implements ModelFamily<Sampler> {
  static final String NAME = "text-near-words";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "training texts with words of near meaning, by a pretrained sentence encoder";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(TextNearWordsSampler.SHARE, TextNearWordsSampler.TEMPERATURE);
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    NearWordsArchitecture.of(definition.architecture());
  }

  /** Keeps at most {@code training.rows-per-class} rows of each class, drawn by the seed. */
  @Override
  public FittedModel fit(TrainingRun run) {
    check(run.definition(), run.schema());
    int most = run.definition().training().get("rows-per-class").intValue();
    FittedModel kept = KeptRows.keep(run.train(), most, run.seed(), run.schema().rowSize());
    NearWords near =
        new NearWordsSearch(
                NearWordsArchitecture.of(run.definition().architecture()),
                run.definition().compute())
            .of(texts(run.train()));
    long known = near.of().values().stream().filter(words -> !words.isEmpty()).count();
    return new FittedModel(near.addedTo(kept.weights()), List.of(), 0, kept.figures())
        .withFigures(Map.of("words", (double) near.of().size(), "known-words", (double) known));
  }

  private static List<String> texts(LabelledRows rows) {
    int size = rows.rowSize();
    return IntStream.range(0, rows.size())
        .mapToObj(row -> CanonicalText.plain(rows.values(), row * size, size))
        .toList();
  }

  @Override
  public Sampler open(StoredModel model) {
    return new TextNearWordsSampler(model);
  }
}
