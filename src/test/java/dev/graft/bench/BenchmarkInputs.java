package dev.graft.bench;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.generate.AugmentInputs;
import dev.graft.generate.PublishedDate;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.OpenModels;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The shipped generator and judge, trained for a moment on drawn pictures: their arithmetic is that
 * of fully trained ones.
 */
record BenchmarkInputs(String store, String generatorDigest, String judgeDigest)
    implements AugmentInputs {
  static final DatasetSchema SCHEMA =
      new DatasetSchema(
          "image", List.of(1, 28, 28), List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  private static final int TRAIN_PER_CLASS = 1_000;
  private static final int TUNE_PER_CLASS = 200;
  private static final int BLOBS = 6;
  private static final long SEED = 7;

  /** When the first sample of this JVM's latest run was asked for, by {@link System#nanoTime}. */
  static final AtomicLong FIRST_DRAW = new AtomicLong();

  /** Processor time of this process at that moment. */
  static final AtomicLong FIRST_DRAW_PROCESSOR = new AtomicLong();

  static BenchmarkInputs train(Path models, String store, int steps) throws IOException {
    LabelledRows train = pictures(Part.TRAIN);
    LabelledRows tune = pictures(Part.TUNE);
    return new BenchmarkInputs(
        store,
        train(models.resolve("image-vae.yaml"), store, steps, train, tune),
        train(models.resolve("image-judge.yaml"), store, steps, train, tune));
  }

  private static String train(
      Path file, String store, int steps, LabelledRows train, LabelledRows tune)
      throws IOException {
    ModelDefinition definition =
        DefinitionReader.read(
            file, List.of("training.steps=" + steps, "training.eval-every=" + steps));
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "train " + definition.name(),
                    definition,
                    SCHEMA,
                    train,
                    tune,
                    SEED,
                    Checkpoints.none(),
                    null));
    return ModelStore.at(store)
        .save(definition.name(), fitted, definition, SCHEMA, "benchmark", SEED)
        .digest();
  }

  @Override
  public List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate) {
    return List.of();
  }

  @Override
  public Facts facts(StageContext context) {
    Map<Integer, Long> rows = new TreeMap<>();
    for (int label = 0; label < SCHEMA.classes().size(); label++) {
      rows.put(label, (long) TRAIN_PER_CLASS);
    }
    return new Facts(SCHEMA, rows, "image-vae", generatorDigest, judgeDigest);
  }

  @Override
  public Sampler sampler(StageContext context) {
    return new TimedSampler(OpenModels.sampler(store, generatorDigest));
  }

  @Override
  public Classifier judge(StageContext context) {
    return OpenModels.classifier(store, judgeDigest);
  }

  @Override
  public LabelledRows rows(StageContext context, Part part) {
    return pictures(part);
  }

  /**
   * Soft blobs: {@value #BLOBS} per class at places of the class's own, jittered in place, size and
   * brightness, so that no two pictures are near-duplicates.
   */
  static LabelledRows pictures(Part part) {
    int perClass = part == Part.TRAIN ? TRAIN_PER_CLASS : TUNE_PER_CLASS;
    int classes = SCHEMA.classes().size();
    int count = perClass * classes;
    byte[] values = new byte[count * SCHEMA.rowSize()];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      labels[row] = row % classes;
      picture(labels[row], CounterRandom.of(SEED, part.ordinal(), row), values, row * 784);
      ids.add(new SampleId(part.ordinal(), row));
    }
    return new LabelledRows(SCHEMA.rowSize(), values, labels, ids);
  }

  private static void picture(int label, CounterRandom random, byte[] out, int offset) {
    CounterRandom place = CounterRandom.of(SEED, label);
    double[] blob = new double[4 * BLOBS];
    for (int i = 0; i < BLOBS; i++) {
      blob[4 * i] = 2 + 24 * place.uniform(2 * i) + 6 * random.uniform(4 * i) - 3;
      blob[4 * i + 1] = 2 + 24 * place.uniform(2 * i + 1) + 6 * random.uniform(4 * i + 1) - 3;
      blob[4 * i + 2] = 2 + 5 * random.uniform(4 * i + 2);
      blob[4 * i + 3] = 200 * random.uniform(4 * i + 3);
    }
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        double light = 0;
        for (int i = 0; i < BLOBS; i++) {
          double dx = x - blob[4 * i];
          double dy = y - blob[4 * i + 1];
          light += blob[4 * i + 3] * Math.exp(-(dx * dx + dy * dy) / (2 * blob[4 * i + 2]));
        }
        light += light > 8 ? 24 * random.uniform(100 + y * 28 + x) - 12 : 0;
        out[offset + y * 28 + x] = (byte) Math.max(0, Math.min(255, light));
      }
    }
  }

  /** Notes when it is first asked. */
  private record TimedSampler(Sampler sampler) implements Sampler {
    @Override
    public int batch() {
      return sampler.batch();
    }

    @Override
    public byte[] sample(
        Condition condition, long seed, long firstIndex, int count, Controls controls) {
      if (FIRST_DRAW.get() == 0 && FIRST_DRAW.compareAndSet(0, System.nanoTime())) {
        FIRST_DRAW_PROCESSOR.set(Rate.processorNanos());
      }
      return sampler.sample(condition, seed, firstIndex, count, controls);
    }

    @Override
    public void close() {}
  }
}
