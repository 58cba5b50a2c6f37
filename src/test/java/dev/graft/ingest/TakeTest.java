package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ExitCode;
import dev.graft.data.Part;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SourceSpec.Take;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Outcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code source.take}: a part of the source as the whole real budget. */
class TakeTest {
  private static final SplitSpec SPLIT = new SplitSpec(0.2, 0, "");

  @TempDir Path directory;

  @Test
  void takesSoManyOfEachClassAndTheOfficialTestSetWhole() {
    CanonicalDataset data = ingest("some", new Take(40, Map.of("2", 10)), 1);
    assertThat(data.statistics().rowsPerClass(Part.TRAIN)).containsExactly(32, 32, 8);
    assertThat(data.statistics().rowsPerClass(Part.TUNE)).containsExactly(8, 8, 2);
    assertThat(data.rows(Part.TEST)).isEqualTo(90);
  }

  @Test
  void takesAClassWholeThatHasNoMore() {
    CanonicalDataset data = ingest("many", new Take(5000, Map.of()), 1);
    assertThat(data.rows(Part.TRAIN) + data.rows(Part.TUNE)).isEqualTo(600);
  }

  @Test
  void drawsByTheSeedAndTakesMoreBesidesWhatItTook() {
    Set<Object> few = ids(ingest("few", new Take(20, Map.of()), 1));
    assertThat(ids(ingest("more", new Take(60, Map.of()), 1))).containsAll(few);
    Set<Object> others = ids(ingest("others", new Take(20, Map.of()), 2));
    others.retainAll(few);
    assertThat(others).hasSizeLessThan(few.size() / 2);
  }

  @Test
  void refusesANumberForAClassThatIsNotThere() {
    SourceSpec source = source(new Take(40, Map.of("shirt", 10)));
    Outcome outcome =
        IngestRuns.fail(IngestRuns.spec(source, IdxFiles.OPTIONS, SPLIT, 1), directory);
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.reason())
        .contains("source.take.classes names \"shirt\"")
        .contains("0, 1, 2");
  }

  private CanonicalDataset ingest(String work, Take take, long seed) {
    return CanonicalDataset.of(
        IngestRuns.run(
            IngestRuns.spec(source(take), IdxFiles.OPTIONS, SPLIT, seed),
            directory.resolve(work),
            IngestRuns.FAST_DIRECT));
  }

  private SourceSpec source(Take take) {
    Map<String, String> train = IdxFiles.sound(directory.resolve("train"), "a", 600, 3, 9);
    Map<String, String> test = IdxFiles.sound(directory.resolve("test"), "a", 90, 3, 77);
    return new SourceSpec(
        "idx", train, test, List.of(), false, 0.001, SourceSpec.RecordLimits.DEFAULT, take);
  }

  private static Set<Object> ids(CanonicalDataset data) {
    Set<Object> ids = new TreeSet<>(data.load(Part.TRAIN).ids());
    ids.addAll(data.load(Part.TUNE).ids());
    return ids;
  }
}
