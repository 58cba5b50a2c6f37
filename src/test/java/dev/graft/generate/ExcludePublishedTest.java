package dev.graft.generate;

import static dev.graft.generate.AugmentRuns.DIRECT;
import static dev.graft.generate.AugmentRuns.digest;
import static dev.graft.generate.AugmentRuns.flink;
import static dev.graft.generate.AugmentRuns.rule;
import static dev.graft.generate.AugmentRuns.selection;
import static dev.graft.generate.AugmentRuns.spec;
import static dev.graft.generate.AugmentRuns.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.modality.Modality;
import dev.graft.modality.StoredPayload;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.stage.StageContext;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates near rows of earlier dates are left out by AUGMENT; here they are the very same. */
class ExcludePublishedTest {
  private static final SelectRule AGREE = rule("label-agreement", Kind.MIN, 0.6);
  private static final SelectRule DISTINCT = rule("near-duplicate", Kind.DROP, 4);
  private static final String PUBLISHED = "near-duplicate:published";
  private static final FakeInputs FAKE = new FakeInputs(300);
  private static final long FIRST = 20;
  private static final int COUNT = 600;

  @TempDir Path work;
  private AugmentInputs inputs;

  /** The world of {@link FakeInputs}, in which some dates were published. */
  private record Published(List<PublishedDate> dates) implements AugmentInputs {
    @Override
    public Facts facts(StageContext context) {
      return FAKE.facts(context);
    }

    @Override
    public Sampler sampler(StageContext context) {
      return FAKE.sampler(context);
    }

    @Override
    public Classifier judge(StageContext context) {
      return FAKE.judge(context);
    }

    @Override
    public LabelledRows rows(StageContext context, Part part) {
      return FAKE.rows(context, part);
    }

    @Override
    public List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate) {
      return dates;
    }
  }

  /** Two dates hold what class 0 and class 1 would be from index 20 to 619. */
  @BeforeEach
  void publish() {
    inputs =
        new Published(
            List.of(
                new PublishedDate("2026-01-01", "one", List.of(shard(0, true), shard(2, false))),
                new PublishedDate("2026-01-02", "two", List.of(shard(1, true)))));
  }

  private PublishedDate.Shard shard(int label, boolean synthetic) {
    PipelineSpec spec = spec(augment(1, 1, 1, 1, true), DISTINCT);
    DatasetSchema schema = FAKE.facts(null).schema();
    Modality modality = FAKE.modality(AugmentRuns.context(spec, FAKE, work, "any"));
    List<Column> columns =
        List.of(modality.payloadColumn(), new Column.ClassLabel("label", schema.classes()));
    String file = work.resolve("published-" + label + ".parquet").toString();
    byte[] values =
        FAKE.sampler(null)
            .sample(
                Condition.ofLabel(label),
                spec.seed(),
                FIRST,
                COUNT,
                new Sampler.Controls(Map.of()));
    try (DatasetFileWriter writer = DatasetFileWriter.open(file, columns, Map.of())) {
      for (int row = 0; row < COUNT; row++) {
        byte[] payload = modality.codec(schema).encode(values, row * schema.rowSize());
        String id = new SampleId(label + 1, row).hex();
        writer.write(
            new DatasetRow(
                new Object[] {
                  StoredPayload.toColumn(columns.get(0), payload, id + ".png"), (long) label
                },
                synthetic
                    ? new Provenance(id, true, "fake", "digest", 1L, "", List.of(), "run", Map.of())
                    : Provenance.real(id)));
      }
      writer.commit();
    }
    return new PublishedDate.Shard(file, COUNT);
  }

  @Test
  void whatEarlierDatesHoldIsLeftOutAndAllElseIsAsItWas() {
    PipelineSpec with = spec(augment(900, 1, 1, 1, true), AGREE, DISTINCT);
    PipelineSpec without = spec(augment(900, 1, 1, 1, false), AGREE, DISTINCT);
    StageContext before = AugmentRuns.run(without, inputs, work.resolve("1"), "a", DIRECT);
    StageContext after = AugmentRuns.run(with, inputs, work.resolve("2"), "a", DIRECT);
    Map<Object, Object> reasons = new HashMap<>();
    selection(before).forEach(row -> reasons.put(row.values()[0], row.values()[5]));
    assertThat(reasons).doesNotContainValue(PUBLISHED);
    long excluded = 0;
    for (DatasetRow row : selection(after)) {
      long label = (Long) row.values()[1];
      long index = (Long) row.values()[3];
      String reason = (String) reasons.get(row.values()[0]);
      boolean same = label < 2 && index >= FIRST && index < FIRST + COUNT;
      if (same && !reason.equals("label-agreement:min")) {
        assertThat(row.values()[5]).as("%d of class %d", index, label).isEqualTo(PUBLISHED);
        excluded++;
      } else {
        assertThat(row.values()[5]).as("%d of class %d", index, label).isEqualTo(reason);
      }
    }
    JsonNode figures = summary(after);
    assertThat(excluded).isGreaterThan(COUNT);
    assertThat(figures.path("rejections").path(PUBLISHED).asLong()).isEqualTo(excluded);
    assertThat(figures.path("published").path("dates").asInt()).isEqualTo(2);
    assertThat(figures.path("published").path("rows").asInt()).isEqualTo(3 * COUNT);
    JsonNode rule = figures.path("thresholds").path(1);
    assertThat(rule.path("rule").asText()).isEqualTo(PUBLISHED);
    assertThat(rule.path("value").asDouble()).isEqualTo(4);
    assertThat(summary(before).has("published")).isFalse();
    assertThat(summary(before).path("rejections").has(PUBLISHED)).isFalse();
  }

  @Test
  void topUpRoundsLookAtEarlierDatesTooAndRowsAreTheSameAtAnyParallelism() {
    PipelineSpec spec = spec(augment(300, 1, 5, 3, true), AGREE, DISTINCT);
    StageContext direct = AugmentRuns.run(spec, inputs, work.resolve("d"), "a", DIRECT);
    assertThat(summary(direct).path("shortfall").asInt()).isZero();
    Map<Long, Integer> excluded = new TreeMap<>();
    selection(direct).stream()
        .filter(row -> PUBLISHED.equals(row.values()[5]))
        .forEach(row -> excluded.merge((Long) row.values()[2], 1, Integer::sum));
    assertThat(excluded).containsKeys(0L, 1L);
    for (int parallelism : List.of(1, 4)) {
      Path place = work.resolve("f" + parallelism);
      StageContext flink = AugmentRuns.run(spec, inputs, place, "a", flink(parallelism));
      assertThat(digest(flink)).as("Flink at %d", parallelism).isEqualTo(digest(direct));
    }
  }

  @Test
  void fingerprintHoldsWhatEarlierDatesHoldAndNothingOfItWithoutTheKey() {
    AugmentStage stage = new AugmentStage(inputs);
    JsonNode without =
        stage.fingerprintPart(spec(augment(9, 1, 1, 1, false), DISTINCT), "2026-01-03");
    assertThat(without.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "target", "controls", "oversample", "cap", "rounds", "select", "seed", "run-date");
    PipelineSpec spec = spec(augment(9, 1, 1, 1, true), DISTINCT);
    assertThat(stage.fingerprintPart(spec, "2026-01-03").path("exclude-published"))
        .isEqualTo(Json.tree(Map.of("2026-01-01", "one", "2026-01-02", "two")));
    AugmentStage none = new AugmentStage(FAKE);
    assertThat(none.fingerprintPart(spec, "2026-01-03").path("exclude-published"))
        .isEqualTo(Json.tree(Map.of()));
  }

  @Test
  void fileThatIsNotWhatWasPublishedIsRefusedByName() {
    PublishedDate.Shard shard = shard(0, true);
    PublishedSignatures reading =
        new PublishedSignatures(
            FAKE.modality(
                AugmentRuns.context(spec(augment(9, 1, 1, 1, true), DISTINCT), FAKE, work, "b")),
            FAKE.facts(null).schema());
    assertThatThrownBy(
            () ->
                reading.read(
                    "2026-01-01",
                    new PublishedDate.Shard(shard.location(), COUNT + 1),
                    (orders, signatures) -> {}))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(shard.location())
        .hasMessageContaining("says 601 rows, it has 600");
    assertThatThrownBy(
            () ->
                reading.read(
                    "2026-01-01",
                    new PublishedDate.Shard(work + "/gone.parquet", 1),
                    (orders, signatures) -> {}))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("gone.parquet does not exist");
  }

  private static AugmentSpec augment(
      int perClass, double oversample, double cap, int rounds, boolean excludePublished) {
    return new AugmentSpec(
        new AugmentSpec.SyntheticPerClass(perClass),
        Map.of(),
        oversample,
        cap,
        rounds,
        excludePublished);
  }
}
