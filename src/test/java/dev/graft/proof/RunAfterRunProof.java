package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten whole runs on one session cluster that has Graft, Beam and DJL in its class path leave no
 * class loader, no thread and no memory behind.
 */
@Tag("slow")
class RunAfterRunProof {
  private static final int RUNS = 10;
  private static final int WARM = 3;
  private static final double MOST_GROWTH_MB = 2;

  @TempDir Path directory;

  @Test
  void classLoadersThreadsAndMemoryOfTheTaskManagersStayWhatTheyAre() {
    LocalCluster cluster = new LocalCluster(directory.resolve("cluster"));
    cluster.addOwnClasses();
    try (cluster) {
      String master = "--flinkMaster=" + cluster.start(2);
      UseTable table = new UseTable();
      DatasetDigest first = null;
      for (int run = 1; run <= RUNS; run++) {
        QuickRun one = new QuickRun(directory.resolve("run" + run)).run("flink", master);
        first = first == null ? one.digest() : first;
        assertThat(one.digest()).isEqualTo(first);
        table.add(run, cluster);
      }
      table.printGrowth(WARM);
      for (List<ProcessUse> worker : table.byWorker()) {
        List<ProcessUse> warm = worker.subList(0, WARM);
        ProcessUse last = worker.get(RUNS - 1);
        assertThat(last.classLoaders())
            .isLessThanOrEqualTo(warm.stream().mapToLong(ProcessUse::classLoaders).max().orElse(0));
        assertThat(last.threads())
            .isLessThanOrEqualTo(warm.stream().mapToLong(ProcessUse::threads).max().orElse(0));
        assertThat(UseTable.growthMb(worker, WARM)).isLessThan(MOST_GROWTH_MB);
      }
    }
  }
}
