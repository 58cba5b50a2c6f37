package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.SampleId;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.DatasetRowCoder;
import dev.graft.data.parquet.MediaValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteDatasetShardsTest {
  private static final List<Column> COLUMNS =
      List.of(new Column.Value("text", Column.Value.Type.STRING));

  @TempDir Path root;

  @Test
  void everyRowIsInTheShardOfItsIdAndEveryShardExists() {
    Pipeline pipeline = Pipeline.create();
    List<KV<ShardKey, DatasetRow>> elements = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      DatasetRow row = row(i);
      elements.add(KV.of(WriteDatasetShards.shard("data/train", 64, row), row));
    }
    for (int i = 0; i < 64; i++) {
      elements.add(WriteDatasetShards.opening(new ShardKey("data/train", i, 64)));
    }
    PCollection<String> paths =
        pipeline
            .apply(Create.of(elements).withCoder(WriteDatasetShards.inputCoder()))
            .apply("WriteShards", WriteDatasetShards.to(root.toString(), COLUMNS))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(shard -> shard.path() + " " + shard.rows()));
    PAssert.that(paths)
        .satisfies(
            lines -> {
              Set<String> all = new HashSet<>();
              lines.forEach(all::add);
              assertThat(all).hasSize(64);
              return null;
            });
    pipeline.run().waitUntilFinish();
    int found = 0;
    for (int shard = 0; shard < 64; shard++) {
      String file = root.resolve(new ShardKey("data/train", shard, 64).path()).toString();
      try (DatasetFileReader reader = DatasetFileReader.open(file)) {
        for (DatasetRow row : reader) {
          assertThat(SampleId.ofHex(row.provenance().sampleId()).shard(64)).isEqualTo(shard);
          found++;
        }
      }
    }
    assertThat(found).isEqualTo(20);
  }

  @Test
  void aShardDependsOnItsRowsAndNotOnTheirOrder() {
    List<DatasetRow> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row(i));
    }
    ShardKey key = new ShardKey("data/train", 0, 1);
    ShardWriter writer = new ShardWriter(root.toString());
    WrittenShard before = writer.write(key, COLUMNS, rows);
    List<String> order = ids(root.resolve(key.path()));
    Collections.shuffle(rows, new Random(5));
    WrittenShard after = writer.write(key, COLUMNS, rows);
    assertThat(ids(root.resolve(key.path()))).isEqualTo(order);
    assertThat(after.content()).isEqualTo(before.content());
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void aRowThatComesTwiceIsAnError() {
    ShardWriter writer = new ShardWriter(root.toString());
    ShardKey key = new ShardKey("data/train", 0, 1);
    assertThatThrownBy(() -> writer.write(key, COLUMNS, List.of(row(1), row(2), row(1))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("came twice");
    assertThat(root.resolve(key.path())).doesNotExist();
  }

  @Test
  void theRowCoderKeepsEverything() throws Exception {
    DatasetRow full =
        new DatasetRow(
            new Object[] {
              "Zoë",
              5L,
              -0.0,
              true,
              new byte[] {1, 2},
              new MediaValue(new byte[] {3}, "x.png"),
              null,
              new MediaValue(null, null),
              false,
              2.5
            },
            new Provenance(
                "id",
                true,
                "vae",
                "v",
                3L,
                "label=1",
                List.of("a", "b"),
                "run",
                Map.of("b", 1.0, "a", 2.0)));
    DatasetRow bare = new DatasetRow(new Object[0], null);
    for (DatasetRow row : List.of(full, bare)) {
      CoderProperties.structuralValueDecodeEncodeEqual(DatasetRowCoder.of(), row);
      CoderProperties.coderDeterministic(DatasetRowCoder.of(), row, row);
    }
    byte[] bytes = CoderUtils.encodeToByteArray(DatasetRowCoder.of(), full);
    DatasetRow back = CoderUtils.decodeFromByteArray(DatasetRowCoder.of(), bytes);
    assertThat(back).usingRecursiveComparison().isEqualTo(full);
    assertThat(back.values()[2]).isEqualTo(-0.0);
  }

  private static List<String> ids(Path file) {
    List<String> ids = new ArrayList<>();
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      reader.forEach(row -> ids.add(row.provenance().sampleId()));
    }
    return ids;
  }

  private static DatasetRow row(int index) {
    return new DatasetRow(
        new Object[] {"row " + index}, Provenance.real(SampleId.real("file", index).hex()));
  }
}
