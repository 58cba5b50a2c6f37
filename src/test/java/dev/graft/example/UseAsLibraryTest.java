package dev.graft.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.generate.CandidateRange;
import dev.graft.generate.CandidateRangeCoder;
import dev.graft.generate.GenerateSamples;
import dev.graft.ingest.ReadDataset;
import dev.graft.ingest.RowBatch;
import dev.graft.ingest.sample.SampleData;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graft's transforms and models in somebody else's Beam pipeline. */
class UseAsLibraryTest {
  @TempDir Path directory;

  @Test
  void readsADatasetInAPipeline() {
    Path pictures = directory.resolve("shapes");
    SampleData.write(pictures, "shapes", 1, 5);
    SourceSpec source =
        new SourceSpec(
            "class-folders",
            Map.of("path", pictures.toString()),
            Map.of(),
            List.of(),
            false,
            0,
            SourceSpec.RecordLimits.DEFAULT);
    JsonNode image = Json.tree(Map.of("size", 28, "channels", "grey"));

    Pipeline pipeline = Pipeline.create();
    PCollection<Integer> rows =
        pipeline
            .apply("Read", ReadDataset.of(source, "image", image))
            .get(ReadDataset.ROWS)
            .apply("Sizes", MapElements.into(TypeDescriptors.integers()).via(RowBatch::size))
            .apply("Count", Sum.integersGlobally());

    PAssert.thatSingleton(rows).isEqualTo(8 * 5);
    pipeline.run().waitUntilFinish();
  }

  @Test
  void trainsStoresAndDrawsFromAModel() throws IOException {
    ModelDefinition definition =
        DefinitionReader.read(
            Path.of("models/image-vae.yaml"),
            List.of("training.steps=20", "training.eval-every=10", "training.batch=16"));
    DatasetSchema schema = new DatasetSchema("image", List.of(1, 28, 28), List.of("dark", "light"));
    FittedModel fitted =
        ModelFamilies.get(definition.family())
            .fit(
                new TrainingRun(
                    "train",
                    definition,
                    schema,
                    greys(60),
                    greys(20),
                    7,
                    Checkpoints.none(),
                    null));
    String store = directory.resolve("store").toString();
    String digest = ModelStore.at(store).save("greys", fitted, definition, schema, "", 7).digest();

    Pipeline pipeline = Pipeline.create();
    PCollection<Integer> drawn =
        pipeline
            .apply(
                "Ranges",
                Create.of(CandidateRange.cover(Condition.ofLabel(1), 0, 0, 1_500))
                    .withCoder(CandidateRangeCoder.of()))
            .apply("Generate", GenerateSamples.from(store, digest, 42))
            .apply("Sizes", MapElements.into(TypeDescriptors.integers()).via(SampleBatch::size))
            .apply("Count", Sum.integersGlobally());

    PAssert.thatSingleton(drawn).isEqualTo(1_500);
    pipeline.run().waitUntilFinish();
  }

  /** Pictures of one grey each: dark ones of class 0, light ones of class 1. */
  private static LabelledRows greys(int count) {
    byte[] values = new byte[count * 28 * 28];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      labels[row] = row % 2;
      java.util.Arrays.fill(
          values, row * 784, (row + 1) * 784, (byte) (labels[row] * 150 + row % 50));
      ids.add(new SampleId(0, row));
    }
    return new LabelledRows(784, values, labels, ids);
  }
}
