package dev.graft.generate;

import java.util.List;

/**
 * What became of one class, for the summary.
 *
 * @param label class id
 * @param counts rows by verdict: 0 accepted, then by rule, last surplus
 * @param collapsed rows dropped from over-full buckets of near-duplicates
 * @param ranges drawn, by first index
 * @param rejected the first few of every reason, by id
 */
record ClassReport(
    int label,
    List<Long> counts,
    long collapsed,
    List<DrawnRange> ranges,
    List<RejectedRow> rejected) {
  /** One candidate file. */
  record DrawnRange(String file, int round, long firstIndex, int count) {}

  /** One candidate that was refused, and where its payload is. */
  record RejectedRow(String sampleId, int verdict, String file, int offset) {}
}
