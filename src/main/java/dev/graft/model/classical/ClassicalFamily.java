package dev.graft.model.classical;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.spec.GenerationMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Classical augmentation as a model (Shorten &amp; Khoshgoftaar 2019): a sample is a training image
 * that has met a policy of operations. It is what every generative family is compared with. The
 * model holds the training rows it draws from.
 */
public final class ClassicalFamily implements ModelFamily<Sampler> {
  static final String ROWS = "rows";
  static final String LABELS = "labels";

  private static final long CHOICE = 0x636c6173736963L;

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
    LabelledRows train = run.train();
    if (train.size() == 0) {
      throw GraftException.input("classical augmentation needs training rows; there are none");
    }
    int most = run.definition().training().get("rows-per-class").intValue();
    int[] kept = kept(train, most, run.seed());
    LabelledRows rows = train.select(kept);
    float[] labels = new float[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Math.max(0, rows.labels()[i]);
    }
    ImageShape shape = ImageShape.of(run.schema());
    byte[] weights =
        Safetensors.of(Map.of(LABELS, Tensor.of(labels, labels.length)), Map.of())
            .withBytes(
                ROWS,
                new ByteTensor(
                    new long[] {rows.size(), shape.channels(), shape.height(), shape.width()},
                    rows.values()))
            .encode();
    return new FittedModel(weights, List.of(), 0, Map.of("rows", (double) rows.size()));
  }

  /** Positions in ascending order. */
  private static int[] kept(LabelledRows train, int most, long seed) {
    List<Integer> kept = new ArrayList<>();
    int[] order = CounterRandom.of(seed, CHOICE).permutation(train.size());
    Map<Integer, Integer> counts = new HashMap<>();
    for (int row : order) {
      if (counts.merge(train.labels()[row], 1, Integer::sum) <= most) {
        kept.add(row);
      }
    }
    int[] positions = kept.stream().mapToInt(Integer::intValue).toArray();
    Arrays.sort(positions);
    return positions;
  }

  @Override
  public Sampler open(StoredModel model) {
    return new ClassicalSampler(model);
  }
}
