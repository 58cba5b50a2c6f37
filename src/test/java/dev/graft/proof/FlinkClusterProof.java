package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs on a real Flink cluster of one job manager and two task managers, each a process of
 * its own, with Beam and DJL in its class path and Graft's classes sent with each job.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FlinkClusterProof {
  private static final String OTHER_DATE = "2026-01-03";

  @TempDir static Path directory;

  private LocalCluster cluster;
  private String master;
  private QuickRun local;
  private QuickRun remote;

  @BeforeAll
  void startClusterAndRunLocally() {
    cluster = new LocalCluster(directory.resolve("cluster"));
    CompletableFuture<String> started = CompletableFuture.supplyAsync(() -> cluster.start(2));
    local = new QuickRun(directory.resolve("local"));
    local.run("direct").runOn(OTHER_DATE, "direct");
    master = "--flinkMaster=" + started.join();
  }

  @AfterAll
  void stop() {
    cluster.close();
    assertThat(cluster.command("status").status()).isEqualTo(3);
  }

  @Test
  @Order(1)
  void theRowsAreThoseOfALocalRunAndBothTaskManagersWork() {
    remote = new QuickRun(directory.resolve("remote")).run("flink", master);
    assertThat(remote.digest()).isEqualTo(local.digest());
    for (String step : new String[] {"MakeCandidates", "HandOutTasks", "ReadAndDecode"}) {
      assertThat(cluster.tasks(1, step)).as(step).isPositive();
      assertThat(cluster.tasks(2, step)).as(step).isPositive();
    }
  }

  @Test
  @Order(2)
  void aJobThatMeetsADeadTaskManagerIsDoneByTheOther() {
    cluster.kill("taskmanager-2");
    assertThat(cluster.command("status").status()).isEqualTo(1);
    remote.runOn(OTHER_DATE, "flink", master);
    DatasetDigest digest = remote.digest(OTHER_DATE);
    assertThat(digest).isEqualTo(local.digest(OTHER_DATE)).isNotEqualTo(local.digest());
  }

  @Test
  @Order(3)
  void startBringsUpWhatIsMissingAndLeavesTheRest() {
    assertThat("--flinkMaster=" + cluster.start(2)).isEqualTo(master);
    assertThat(cluster.command("status").status()).isZero();
  }
}
