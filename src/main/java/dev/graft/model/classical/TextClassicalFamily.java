package dev.graft.model.classical;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.spec.GenerationMode;
import java.util.Set;

/**
 * Classical augmentation of texts as a generator: training texts of which words are replaced,
 * inserted, exchanged or deleted, or letters changed ({@link
 * dev.graft.modality.text.EasyDataAugmentation}). What every generative model is to be compared
 * with. A model holds the training texts it changes.
 */
public final class TextClassicalFamily implements ModelFamily<Sampler> {
  static final String NAME = "text-classical";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "classical augmentation of training texts: words and letters";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(TextClassicalSampler.MAGNITUDE);
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
  }

  /** Keeps at most {@code training.rows-per-class} rows of each class, drawn by the seed. */
  @Override
  public FittedModel fit(TrainingRun run) {
    check(run.definition(), run.schema());
    int most = run.definition().training().get("rows-per-class").intValue();
    return KeptRows.keep(run.train(), most, run.seed(), run.schema().rowSize());
  }

  @Override
  public Sampler open(StoredModel model) {
    return new TextClassicalSampler(model);
  }
}
