package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The launcher is killed inside each stage and after each, on a Flink cluster and as one job in its
 * own process: the same command again finds and cancels the job that goes on without its launcher,
 * and publishes what an undisturbed run publishes.
 *
 * <pre>mvn test -Pslow -Dtest='*FaultProof'</pre>
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class LauncherFaultProof {
  @TempDir static Path directory;
  private final FaultTable table = new FaultTable(LauncherFaultProof.class);
  private LocalCluster cluster;
  private FaultBench remote;
  private FaultBench local;

  @BeforeAll
  void startClusterAndRunUndisturbed() {
    cluster = new LocalCluster(directory.resolve("cluster"));
    String master = cluster.start(2);
    remote =
        new FaultBench(
                directory.resolve("remote"), "--runner", "flink", "--", "--flinkMaster=" + master)
            .runUndisturbed();
    local =
        new FaultBench(directory.resolve("local"), "--one-job", "--runner", "local")
            .runUndisturbed();
    assertThat(local.expected()).isEqualTo(remote.expected());
  }

  @AfterAll
  void stop() {
    cluster.close();
    table.close();
  }

  @ParameterizedTest
  @EnumSource
  void killedInsideAStageOnTheCluster(StageName stage) {
    remote
        .placeBefore(stage, "inside-" + stage.key())
        .disturb(
            place -> {
              long begin = System.nanoTime();
              ChildRun first = place.launch("first");
              first.awaitStart(stage.key());
              place.awaitFile(first, Moments.inside(stage));
              assertThat(first.kill()).as("was at work").isTrue();
              double before = FaultBench.seconds(begin);
              Map<String, String> jobs = cluster.jobs();
              String left =
                  jobs.keySet().stream()
                      .filter(job -> jobs.get(job).equals("RUNNING"))
                      .findFirst()
                      .orElse("");
              repeat(place, stage, "on the cluster", left, before);
            });
  }

  @ParameterizedTest
  @EnumSource
  void killedAfterAStageOnTheCluster(StageName stage) {
    remote.placeBefore(stage, "after-" + stage.key()).disturb(place -> killAfter(place, stage, ""));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUGMENT", "EVALUATE", "PUBLISH"})
  void killedInsideAStageOfOneJobHere(StageName stage) {
    local
        .placeBefore(stage, "inside-" + stage.key())
        .disturb(
            place -> {
              long begin = System.nanoTime();
              ChildRun first = place.launch("first");
              first.awaitStart(stage.key());
              place.awaitFile(first, Moments.inside(stage));
              assertThat(first.kill()).as("was at work").isTrue();
              repeat(place, stage, "in one job, local", "", FaultBench.seconds(begin));
            });
  }

  @ParameterizedTest
  @EnumSource(names = {"AUGMENT", "EVALUATE"})
  void killedAfterAStageOfOneJobHere(StageName stage) {
    local
        .placeBefore(StageName.AUGMENT, "after-" + stage.key())
        .disturb(place -> killAfter(place, stage, "in one job, local"));
  }

  private void killAfter(FaultBench.Place place, StageName stage, String where) {
    ChildRun first = place.launch("first");
    while (first.event("stage-finished", stage.key()).isEmpty()) {
      assertThat(first.isAlive()).as(first.everything()).isTrue();
      ChildRun.sleep(2);
    }
    boolean killed = first.kill();
    assertThat(killed || stage == StageName.PUBLISH).isTrue();
    long begin = System.nanoTime();
    ChildRun second = place.launch("second");
    assertThat(second.await()).as(second.everything()).isZero();
    assertThat(second.event("stage-started", stage.key())).as("done again").isEmpty();
    table.add(
        "launcher killed after " + stage + (where.isEmpty() ? " on the cluster" : " " + where),
        "kill -9 when the stage had ended; same command again",
        "exit 0; the stage was not done again",
        stage == StageName.PUBLISH ? FaultBench.seconds(begin) : startUp(second, begin));
  }

  /**
   * @param left the job that is still at work; empty when it ended with its launcher
   * @param before seconds from the first launch to the kill
   */
  private void repeat(
      FaultBench.Place place, StageName stage, String where, String left, double before) {
    boolean held = !left.isEmpty() && (stage == StageName.TRAIN || stage == StageName.AUGMENT);
    if (held) {
      // So that the job is still there when the next launch looks, however fast this machine is.
      cluster.signal("STOP");
    }
    ChildRun second = place.launch("second");
    if (held) {
      while (second.isAlive() && !"CANCELLING".equals(cluster.jobs().get(left))) {
        ChildRun.sleep(50);
      }
      cluster.signal("CONT");
    }
    assertThat(second.await()).as(second.everything()).isZero();
    if (held) {
      assertThat(second.everything()).contains("cancelled the job " + left);
    }
    String happened = "exit 0";
    if (!left.isEmpty()) {
      assertThat(left).startsWith("graft-" + stage.key());
      if (second.everything().contains("cancelled the job " + left)) {
        assertThat(cluster.jobs().get(left)).isIn("CANCELED", "FINISHED");
        happened = "the job that was left was cancelled; exit 0";
      } else {
        assertThat(cluster.jobs().get(left)).isEqualTo("FINISHED");
        assertThat(second.event("stage-skipped", stage.key())).isPresent();
        happened = "the job that was left had ended, its work was taken; exit 0";
      }
    }
    table.add(
        "launcher killed in " + stage + " " + where,
        "kill -9; same command again",
        happened,
        before);
  }

  /** Seconds until the first stage that was not done began. */
  private static double startUp(ChildRun run, long begin) {
    double whole = FaultBench.seconds(begin);
    double working = 0;
    for (JsonNode event : run.events()) {
      if (event.path("event").asText().equals("stage-finished")) {
        working += event.path("seconds").asDouble();
      }
    }
    return whole - working;
  }
}
