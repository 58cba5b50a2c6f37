package dev.graft.model.classical;

import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ImageShape;
import dev.graft.spec.GenerationMode;
import java.util.Set;

/**
 * Classical augmentation as a model (Shorten &amp; Khoshgoftaar 2019): a sample is a training image
 * that has met a policy of operations. It is what every generative family is compared with. The
 * model holds the training rows it draws from.
 */
public final class ClassicalFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "classical";
  }

  @Override
  public String description() {
    return "classical augmentation of training images: geometry, colour, erasing, mixing";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(ClassicalSampler.MAGNITUDE);
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    ImageShape.of(schema);
    ClassicalArchitecture.of(definition.architecture()).policy(schema.classes());
  }

  /** Keeps at most {@code training.rows-per-class} rows of each class, drawn by the seed. */
  @Override
  public FittedModel fit(TrainingRun run) {
    check(run.definition(), run.schema());
    int most = run.definition().training().get("rows-per-class").intValue();
    ImageShape shape = ImageShape.of(run.schema());
    return KeptRows.keep(
        run.train(), most, run.seed(), shape.channels(), shape.height(), shape.width());
  }

  @Override
  public Sampler open(StoredModel model) {
    return new ClassicalSampler(model);
  }
}
