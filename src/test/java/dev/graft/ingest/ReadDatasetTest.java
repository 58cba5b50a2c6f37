package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.ingest.sample.SampleData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadDatasetTest {
  @TempDir Path directory;

  @Test
  void readsIntoAnybodysPipeline() throws Exception {
    Path shapes = directory.resolve("shapes");
    SampleData.write(shapes, "shapes-colour", 2, 5);
    Files.writeString(shapes.resolve("ring/bad.jpg"), "no picture");
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    PCollectionTuple read =
        pipeline.apply(
            "ReadShapes",
            ReadDataset.of(
                IngestRuns.source("class-folders", Map.of("path", shapes.toString())),
                "image",
                Json.tree(Map.of("size", 16, "channels", "colour", "resize", "stretch"))));
    PCollection<Integer> labels =
        read.get(ReadDataset.ROWS)
            .apply(
                "Labels",
                FlatMapElements.into(TypeDescriptors.integers())
                    .via(batch -> java.util.Arrays.stream(batch.labels()).boxed().toList()));
    PAssert.that(labels.apply("CountLabels", Count.perElement()))
        .containsInAnyOrder(
            java.util.stream.IntStream.range(0, 8).mapToObj(id -> KV.of(id, 5L)).toList());
    PAssert.thatSingleton(
            read.get(ReadDataset.REJECTS)
                .apply(
                    "Positions",
                    MapElements.into(TypeDescriptors.strings())
                        .via(reject -> reject.file() + " " + reject.reason())))
        .isEqualTo("ring/bad.jpg undecodable");
    PAssert.thatSingleton(read.get(ReadDataset.SCHEMA))
        .satisfies(
            schema -> {
              assertThat(schema.shape()).containsExactly(3, 16, 16);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void batchesSurviveTheirCoder() throws Exception {
    RowBatch batch =
        new RowBatch(
            true,
            12,
            new SampleId[] {SampleId.real("a", 0), SampleId.real("b", 1)},
            new int[] {3, 0},
            new String[] {"", "speaker é"},
            new boolean[] {false, true},
            2,
            new byte[] {1, -2, 3, -4});
    CoderProperties.coderDecodeEncodeEqual(RowBatchCoder.of(), batch);
  }
}
