package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleBatchCoder;
import dev.graft.data.SampleId;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The public transforms over barely trained models of the shipped families. */
class GenerateSamplesTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 8, 8), List.of("a", "b"));

  @TempDir static Path store;
  private static String generator;
  private static String judge;

  @BeforeAll
  static void train() throws Exception {
    generator = train("models/image-vae.yaml");
    judge = train("models/image-judge.yaml");
  }

  @Test
  void samplesAndScoresAreTheSameAtAnyParallelism() {
    String one = digest(1, 600);
    assertThat(digest(3, 600)).isEqualTo(one);
  }

  @Test
  void everySampleHasItsStoredFormItsIdAndItsScores() {
    Pipeline pipeline = pipeline(2);
    PAssert.that(scored(pipeline, 300))
        .satisfies(
            batches -> {
              PayloadCodec codec = Modalities.get("image").codec(SCHEMA);
              int rows = 0;
              for (SampleBatch batch : batches) {
                assertThat(batch.scores()).containsOnlyKeys("label-agreement", "novelty");
                for (int row = 0; row < batch.size(); row++) {
                  byte[] decoded = new byte[64];
                  try {
                    codec.decode(batch.payload(row), decoded, 0);
                  } catch (Exception e) {
                    throw new AssertionError(e);
                  }
                  assertThat(decoded)
                      .isEqualTo(
                          java.util.Arrays.copyOfRange(batch.values(), row * 64, row * 64 + 64));
                  assertThat(batch.id(row))
                      .isEqualTo(
                          SampleId.synthetic(
                              generator, 42, batch.condition().key(), batch.firstIndex() + row));
                  rows++;
                }
              }
              assertThat(rows).isEqualTo(600);
              return null;
            });
    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  private static String digest(int parallelism, int perClass) {
    Pipeline pipeline = pipeline(parallelism);
    Collected.ROWS.clear();
    scored(pipeline, perClass)
        .apply(
            org.apache.beam.sdk.transforms.MapElements.into(
                    org.apache.beam.sdk.values.TypeDescriptors.voids())
                .via(
                    batch -> {
                      Collected.add(batch);
                      return null;
                    }));
    pipeline.run().waitUntilFinish();
    Hasher hasher = Hashing.sha256().newHasher();
    Collected.ROWS.values().forEach(hasher::putBytes);
    return hasher.hash().toString();
  }

  /** Encoded batches by condition and first index. */
  private static final class Collected {
    static final TreeMap<String, byte[]> ROWS = new TreeMap<>();

    static synchronized void add(SampleBatch batch) {
      try {
        ROWS.put(
            batch.condition().key() + batch.firstIndex(),
            CoderUtils.encodeToByteArray(SampleBatchCoder.of(), batch));
      } catch (org.apache.beam.sdk.coders.CoderException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static PCollection<SampleBatch> scored(Pipeline pipeline, int perClass) {
    List<CandidateRange> ranges = new ArrayList<>();
    for (int label = 0; label < 2; label++) {
      ranges.addAll(CandidateRange.cover(Condition.ofLabel(label), 0, 0, perClass));
    }
    return pipeline
        .apply(Create.of(ranges).withCoder(CandidateRangeCoder.of()))
        .apply(GenerateSamples.from(store.toString(), generator, 42).withControl("truncation", 0.8))
        .apply(
            ScoreSamples.with(
                store.toString(),
                judge,
                List.of("label-agreement", "novelty"),
                GenerateSamplesTest::rows));
  }

  private static Pipeline pipeline(int parallelism) {
    return Pipeline.create(
        PipelineOptionsFactory.fromArgs("--targetParallelism=" + parallelism).create());
  }

  private static String train(String file) throws Exception {
    ModelDefinition definition =
        DefinitionReader.read(
            Path.of(file),
            List.of("training.steps=2", "training.eval-every=2", "training.batch=8"));
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "train",
                    definition,
                    SCHEMA,
                    rows(Part.TRAIN),
                    rows(Part.TUNE),
                    1,
                    Checkpoints.none(),
                    null));
    return ModelStore.at(store.toString())
        .save(definition.name(), fitted, definition, SCHEMA, "data", 1)
        .digest();
  }

  private static LabelledRows rows(Part part) {
    int count = part == Part.TRAIN ? 120 : 40;
    byte[] values = new byte[count * 64];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      labels[row] = row % 2;
      for (int i = 0; i < 64; i++) {
        int noise = CounterRandom.of(3, part.ordinal(), row).below(i, 60);
        values[row * 64 + i] = (byte) (noise + (i % 8 < 4 == (labels[row] == 0) ? 150 : 20));
      }
      ids.add(new SampleId(part.ordinal(), row));
    }
    return new LabelledRows(64, values, labels, ids);
  }
}
