package dev.graft.data;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/**
 * Beam counters of what a stage does: {@code read}, {@code rejected.<reason>}, {@code generated},
 * {@code accepted}, {@code written}, {@code bytes-read}, {@code bytes-written}, {@code steps}. They
 * are for people; nothing is computed from them.
 */
public final class Counters {
  public static final String NAMESPACE = "graft";

  private Counters() {}

  /** The counter of this name; counts in a worker's bundle only. */
  public static Counter named(String name) {
    return Metrics.counter(NAMESPACE, name);
  }
}
