package dev.graft.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How fast rows were made.
 *
 * @param rowsPerSecond by the clock
 * @param processorMicros processor time of the whole process per row
 */
record Rate(double rowsPerSecond, double processorMicros) {
  static Rate of(long rows, long nanos, long processorNanos) {
    return new Rate(rows / (nanos / 1e9), processorNanos / 1e3 / rows);
  }

  static long processorNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  @Override
  public String toString() {
    return String.format("%.0f rows/s at %.0f us", rowsPerSecond, processorMicros);
  }
}
