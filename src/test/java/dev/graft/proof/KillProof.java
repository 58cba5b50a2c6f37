package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A run that is killed (SIGKILL) at seeded random moments between 20 % and 90 % of TRAIN or AUGMENT
 * and then repeated publishes what an undisturbed run publishes, redoes nothing that was finished,
 * and shows no reader half a dataset. Takes about a quarter of an hour:
 *
 * <pre>mvn test -Pslow -Dtest=KillProof</pre>
 *
 * {@code -Dgraft.kill.moments=2} tries fewer moments of each stage.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class KillProof {
  private static final int MOMENTS = Integer.getInteger("graft.kill.moments", 10);
  private static final int ATTEMPTS = 3;
  private static final long SEED = 20261122;

  @TempDir static Path directory;
  private DatasetDigest expected;
  private final Map<String, Double> seconds = new HashMap<>();

  @BeforeAll
  void runUndisturbed() {
    Path place = place("undisturbed");
    ChildRun run = ChildRun.start(place, "undisturbed", "--targetParallelism=2");
    assertThat(run.await()).as(run.everything()).isZero();
    expected = digest(place);
    seconds.put("train", seconds(run, "train"));
    seconds.put("augment", seconds(run, "augment"));
    System.out.println("undisturbed: " + seconds + " seconds, digest " + expected.digest());
  }

  static Stream<Arguments> moments() {
    return Stream.of("train", "augment")
        .flatMap(
            stage ->
                IntStream.range(0, MOMENTS)
                    .mapToObj(
                        i -> {
                          CounterRandom random = CounterRandom.of(SEED, stage.length(), i);
                          return Arguments.of(stage, 0.2 + 0.7 * random.uniform(0));
                        }));
  }

  @ParameterizedTest(name = "{0} at {1}")
  @MethodSource("moments")
  void aKilledRunGoesOnToTheSameDataset(String stage, double moment) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (killAndRepeat(place("%s-%.4f-%d".formatted(stage, moment, attempt)), stage, moment)) {
        return;
      }
    }
    fail("%s ended before its %.1f %% in %d runs", stage, moment * 100, ATTEMPTS);
  }

  /** False when the stage was faster than any before, so that the moment came after its end. */
  private boolean killAndRepeat(Path place, String stage, double moment) {
    Path work = place.resolve("out/.graft");
    try (VisibilityWatch watch = new VisibilityWatch(place.resolve("out"))) {
      ChildRun first = ChildRun.start(place, "killed", "--targetParallelism=2");
      first.awaitStart(stage);
      ChildRun.sleep((long) (seconds.get(stage) * 1000 * moment));
      boolean killed = first.kill();
      if (first.event("stage-finished", stage).isPresent()) {
        seconds.merge(stage, seconds(first, stage), Math::min);
        return false;
      }
      Map<String, String> finished = FinishedFiles.of(work);
      System.out.printf(
          "%s at %.1f %%: %s; %s; %d finished files%n",
          stage, moment * 100, killed ? "killed" : "had ended", last(first), finished.size());
      assertThat(killed).as("the run was still going").isTrue();

      ChildRun second = ChildRun.start(place, "repeated", "--targetParallelism=2");
      assertThat(second.await()).as(second.everything()).isZero();
      assertThat(FinishedFiles.of(work)).containsAllEntriesOf(finished);
      assertThat(second.event("stage-skipped", "ingest")).isPresent();
      assertThat(second.event("stage-skipped", "train").isPresent())
          .isEqualTo(stage.equals("augment"));
      assertThat(digest(place)).isEqualTo(expected);
      assertThat(watch.violations()).isEmpty();
      return true;
    }
  }

  private Path place(String name) {
    Path place = directory.resolve(name);
    TinyImages.write(place.resolve("spec.yaml"), TinySpec.generated(place, 150, 2500).getBytes());
    TinySpec.writeDefinitions(place);
    TinySpec.edit(place.resolve("vae.yaml"), "steps: 150", "steps: 900");
    TinySpec.edit(place.resolve("vae.yaml"), "checkpoint-every: 50", "checkpoint-every: 40");
    TinySpec.edit(place.resolve("judge.yaml"), "steps: 60", "steps: 500, checkpoint-every: 50");
    TinySpec.edit(place.resolve("examiner.yaml"), "steps: 60", "steps: 500, checkpoint-every: 50");
    return place;
  }

  private static DatasetDigest digest(Path place) {
    return DatasetDigest.ofDirectory(place.resolve("out/dt=2026-01-02").toString());
  }

  private static double seconds(ChildRun run, String stage) {
    return run.event("stage-finished", stage).orElseThrow().path("seconds").asDouble();
  }

  /** What was going on. */
  private static String last(ChildRun run) {
    return run.events().stream()
        .reduce((before, after) -> after)
        .map(JsonNode::toString)
        .orElse("nothing yet");
  }
}
