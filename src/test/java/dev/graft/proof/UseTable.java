package dev.graft.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the two task managers of a cluster hold after each of many runs; printed as it comes. */
final class UseTable {
  private static final int WORKERS = 2;
  private static final long COMPILER_REST_MILLIS = 10_000;

  private final List<List<ProcessUse>> byWorker = List.of(new ArrayList<>(), new ArrayList<>());

  UseTable() {
    System.out.println(
        "run  task manager  class loaders  threads  resident MB  trimmed MB  heap MB  code MB");
  }

  /** Waits first until Java's compiler has nothing to do and gives back what it works with. */
  void add(int run, LocalCluster cluster) {
    ChildRun.sleep(COMPILER_REST_MILLIS);
    for (int worker = 1; worker <= WORKERS; worker++) {
      ProcessUse use = ProcessUse.of(cluster.process("taskmanager-" + worker).pid());
      byWorker.get(worker - 1).add(use);
      System.out.printf(
          Locale.ROOT,
          "%3d  %12d  %13d  %7d  %11.1f  %10.1f  %7.1f  %7.1f%n",
          run,
          worker,
          use.classLoaders(),
          use.threads(),
          use.residentMb(),
          use.trimmedMb(),
          use.heapMb(),
          use.codeMb());
    }
  }

  /** Per task manager, in the order of the runs. */
  List<List<ProcessUse>> byWorker() {
    return byWorker;
  }

  /** MB of memory per run after the first {@code warm}. */
  static double growthMb(List<ProcessUse> worker, int warm) {
    ProcessUse last = worker.get(worker.size() - 1);
    return (last.trimmedMb() - worker.get(warm - 1).trimmedMb()) / (worker.size() - warm);
  }

  void printGrowth(int warm) {
    for (int worker = 0; worker < WORKERS; worker++) {
      List<ProcessUse> uses = byWorker.get(worker);
      ProcessUse last = uses.get(uses.size() - 1);
      ProcessUse before = uses.get(warm - 1);
      double runs = uses.size() - warm;
      System.out.printf(
          Locale.ROOT,
          "task manager %d, per run after run %d: %+.1f MB resident, of which %+.1f MB compiled"
              + " code; %+.1f class loaders%n",
          worker + 1,
          warm,
          growthMb(uses, warm),
          (last.codeMb() - before.codeMb()) / runs,
          (last.classLoaders() - before.classLoaders()) / runs);
    }
  }
}
