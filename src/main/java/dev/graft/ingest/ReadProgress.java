package dev.graft.ingest;

import dev.graft.data.Progress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the rows that the workers of this JVM have read in each attempt. */
final class ReadProgress {
  private static final ConcurrentHashMap<String, AtomicLong> READ = new ConcurrentHashMap<>();

  private ReadProgress() {}

  static void add(String attempt, long rows, long total) {
    long done = READ.computeIfAbsent(attempt, key -> new AtomicLong()).addAndGet(rows);
    Progress.report("ingest", Math.min(done, total), total, "records", "");
    if (done >= total) {
      READ.remove(attempt);
    }
  }
}
