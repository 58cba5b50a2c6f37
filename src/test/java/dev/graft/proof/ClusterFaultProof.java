package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Processes of a real Flink cluster (one job manager, two task managers) are killed while a run is
 * on it: the run, or the same command again, publishes what an undisturbed run publishes.
 *
 * <pre>mvn test -Pslow -Dtest='*FaultProof'</pre>
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ClusterFaultProof {
  /** Longest time until a launcher says that its job manager is gone. */
  private static final double MOST_SECONDS_TO_NOTICE = 180;

  private static final double MOST_SECONDS_TO_GIVE_UP = 600;

  @TempDir static Path directory;
  private final FaultTable table = new FaultTable(ClusterFaultProof.class);
  private LocalCluster cluster;
  private FaultBench bench;

  @BeforeAll
  void startClusterAndRunUndisturbed() {
    cluster = new LocalCluster(directory.resolve("cluster"));
    String master = cluster.start(2);
    bench =
        new FaultBench(
                directory.resolve("runs"), "--runner", "flink", "--", "--flinkMaster=" + master)
            .runUndisturbed();
    System.out.printf("undisturbed: %.1f s, %s%n", bench.seconds(), bench.expected().digest());
  }

  @AfterAll
  void stop() {
    cluster.close();
    table.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"TRAIN", "AUGMENT", "PUBLISH"})
  void aTaskManagerIsKilled(StageName stage) {
    FaultBench.Place calm = bench.placeBefore(stage, "calm-" + stage.key());
    long start = System.nanoTime();
    ChildRun undisturbed = calm.launch("run");
    assertThat(undisturbed.await()).as(undisturbed.everything()).isZero();
    double expected = FaultBench.seconds(start);

    bench
        .placeBefore(stage, "taskmanager-" + stage.key())
        .disturb(
            place -> {
              long begin = System.nanoTime();
              ChildRun run = place.launch("run");
              place.awaitFile(run, Moments.inside(stage));
              String busiest = busiest();
              cluster.kill(busiest);
              assertThat(run.await()).as(run.everything()).isZero();
              assertThat(run.event("stage-finished", stage.key())).isPresent();
              table.add(
                  "task manager killed in " + stage,
                  "kill -9 of " + busiest + ", the one at work",
                  "job restarted on the other's spare slot; exit 0",
                  FaultBench.seconds(begin) - expected);
            });
    cluster.start(2);
  }

  @Test
  void theTaskManagersHaveTooLittleMemory() {
    bench
        .placeBefore(StageName.AUGMENT, "little-memory")
        .disturb(
            place -> {
              String heap = cluster.set("taskmanager.memory.task.heap.size", "1m");
              String framework = cluster.set("taskmanager.memory.framework.heap.size", "40m");
              restartTaskManagers();
              ChildRun first;
              double ended;
              try {
                long begin = System.nanoTime();
                first = place.launch("first");
                assertThat(first.await()).as(first.everything()).isEqualTo(1);
                ended = FaultBench.seconds(begin);
              } finally {
                cluster.set("taskmanager.memory.task.heap.size", heap);
                cluster.set("taskmanager.memory.framework.heap.size", framework);
                restartTaskManagers();
              }
              assertThat(ended).isLessThan(MOST_SECONDS_TO_GIVE_UP);
              assertThat(first.said()).contains("OutOfMemoryError");
              assertThat(place.published()).doesNotExist();
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              table.add(
                  "task managers out of memory",
                  "41 MB of heap; started again with their own; same command again",
                  "exit 1: " + first.said() + "; then exit 0",
                  ended);
            });
  }

  private void restartTaskManagers() {
    cluster.kill("taskmanager-1");
    cluster.kill("taskmanager-2");
    cluster.start(2);
  }

  @Test
  void aModelCallTakesTooLong() {
    TinyImages.write(
        directory.resolve("config/hurried.yaml"),
        """
        runner: FlinkRunner
        options: {flinkMaster: "[auto]"}
        flink:
          restart-strategy.type: fixed-delay
          restart-strategy.fixed-delay.attempts: 2
          restart-strategy.fixed-delay.delay: 1 s
        limits: {call: 1ms}
        """
            .getBytes());
    bench
        .placeBefore(StageName.AUGMENT, "slow-call")
        .disturb(
            place -> {
              long begin = System.nanoTime();
              ChildRun first =
                  place.launchOn(
                      "first", directory, "hurried", "--flinkMaster=" + cluster.address());
              assertThat(first.await()).as(first.everything()).isEqualTo(1);
              double ended = FaultBench.seconds(begin);
              assertThat(first.said())
                  .containsPattern("(generator vae|the judge|scoring).* asked for ")
                  .contains("has not come back within 1ms", "limits: {call:");
              assertThat(place.published()).doesNotExist();
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              table.add(
                  "model call over its limit, on the cluster",
                  "limits: {call: 1ms}; same command with the usual limit",
                  "two restarts, then exit 1: " + first.said() + "; then exit 0",
                  ended);
            });
  }

  /** The task manager that has computed most in the last moment. */
  private String busiest() {
    long[] before = IntStream.rangeClosed(1, 2).mapToLong(this::millis).toArray();
    ChildRun.sleep(100);
    return "taskmanager-"
        + IntStream.rangeClosed(1, 2)
            .boxed()
            .max(Comparator.comparing(number -> millis(number) - before[number - 1]))
            .orElseThrow();
  }

  private long millis(int taskManager) {
    return cluster.computed("taskmanager-" + taskManager).toMillis();
  }

  @Test
  void theJobManagerIsKilled() {
    bench
        .placeBefore(StageName.AUGMENT, "jobmanager")
        .disturb(
            place -> {
              ChildRun first = place.launch("first");
              place.awaitFile(first, Moments.inside(StageName.AUGMENT));
              long killed = System.nanoTime();
              cluster.kill("jobmanager");
              assertThat(first.await()).as(first.everything()).isEqualTo(1);
              double noticed = FaultBench.seconds(killed);
              assertThat(noticed).isLessThan(MOST_SECONDS_TO_NOTICE);
              assertThat(first.said())
                  .contains("the Flink cluster at " + cluster.address())
                  .contains("does not answer any more", "repeat this command");
              assertThat(place.published()).doesNotExist();
              cluster.start(2);
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              assertThat(second.event("stage-skipped", "train")).isPresent();
              table.add(
                  "job manager killed in AUGMENT",
                  "kill -9; started again; same command again",
                  "exit 1 after %.0f s: %s; then exit 0".formatted(noticed, first.said()),
                  noticed);
            });
  }

  @Test
  void theJobManagerIsKilledAndStartedAgainAtOnce() {
    bench
        .placeBefore(StageName.AUGMENT, "jobmanager-again")
        .disturb(
            place -> {
              ChildRun first = place.launch("first");
              place.awaitFile(first, Moments.inside(StageName.AUGMENT));
              long killed = System.nanoTime();
              cluster.kill("jobmanager");
              cluster.start(2);
              assertThat(first.await()).as(first.everything()).isEqualTo(1);
              double noticed = FaultBench.seconds(killed);
              assertThat(noticed).isLessThan(MOST_SECONDS_TO_NOTICE);
              assertThat(first.said())
                  .contains("the Flink cluster at " + cluster.address())
                  .contains("knows nothing of the job", "repeat this command");
              assertThat(place.published()).doesNotExist();
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              table.add(
                  "job manager killed in AUGMENT and started again at once",
                  "kill -9; started again while the launcher waits; same command again",
                  "exit 1 after %.0f s: %s; then exit 0".formatted(noticed, first.said()),
                  noticed);
            });
  }
}
