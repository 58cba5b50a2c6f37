package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A launch's claim to a folder of an object store. Each launch writes a claim of its own name and
 * lists them all: the earliest by the store's clock has the place, the others withdraw. Whoever
 * lists after its own claim was written sees every earlier one, for stores list what is written and
 * date it then, as Google's does. The holder gives a sign of life beside its claim; without one for
 * {@link #PATIENCE} of the store's time it is taken for dead. No clock but the store's is asked.
 */
final class StoreClaim implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StoreClaim.class);
  static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration SIGN = Duration.ofSeconds(30);
  private static final String CLAIM = ".claim";
  private static final String LIFE = ".life";

  private final String name;
  private final ScheduledExecutorService signs;

  private StoreClaim(String name) {
    this.name = name;
    this.signs =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "graft-claim");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Claims the folder.
   *
   * @throws GraftException (exit 5) when another launch has it, (exit 1) when the store does not
   *     show what was written
   */
  static StoreClaim acquire(String workDirectory) {
    String folder = folder(workDirectory);
    StoreClaim claim = new StoreClaim(Storage.resolve(folder, AttemptIds.next()));
    Storage.writeText(claim.name + CLAIM, holder());
    try {
      List<Seen> all = Seen.in(folder);
      Seen own =
          all.stream()
              .filter(seen -> seen.name().equals(claim.name))
              .findFirst()
              .orElseThrow(
                  () ->
                      new GraftException(
                          ExitCode.TRANSIENT,
                          claim.name + CLAIM + " was written and is not there"));
      for (Seen other : all) {
        if (own.made() - other.alive() > PATIENCE.toMillis()) {
          other.delete();
        } else if (Seen.EARLIEST_FIRST.compare(other, own) < 0) {
          throw new GraftException(ExitCode.BUSY, other.busy(workDirectory, own.made()));
        }
      }
    } catch (RuntimeException e) {
      claim.close();
      throw e;
    }
    claim.signs.scheduleWithFixedDelay(
        claim::sign, SIGN.toMillis(), SIGN.toMillis(), TimeUnit.MILLISECONDS);
    return claim;
  }

  /** Whether a launch seems to hold the place, by this machine's clock. */
  static boolean isHeld(String workDirectory) {
    long now = System.currentTimeMillis();
    return Seen.in(folder(workDirectory)).stream()
        .anyMatch(seen -> now - seen.alive() <= PATIENCE.toMillis());
  }

  private static String folder(String workDirectory) {
    return Storage.resolve(workDirectory, "claims");
  }

  private static String holder() {
    long process = ProcessHandle.current().pid();
    try {
      return "process " + process + " on " + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "process " + process;
    }
  }

  private void sign() {
    try {
      Storage.writeText(name + LIFE, "");
    } catch (RuntimeException e) {
      LOG.warn("cannot tell other launches, in {}{}, that this one is alive", name, LIFE, e);
    }
  }

  @Override
  public void close() {
    signs.shutdownNow();
    try {
      if (!signs.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("a sign of life of {} is still being written", name);
      }
      Storage.delete(name + CLAIM);
      Storage.delete(name + LIFE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("cannot take back {}{}; it counts for {} more", name, CLAIM, PATIENCE, e);
    }
  }

  /**
   * A claim that is there.
   *
   * @param made when, by the store's clock, in milliseconds
   * @param alive when its launch was last known to live
   */
  private record Seen(String name, long made, long alive) {
    static final Comparator<Seen> EARLIEST_FIRST =
        Comparator.comparingLong(Seen::made).thenComparing(Seen::name);

    static List<Seen> in(String folder) {
      Map<String, Storage.Entry> files =
          Storage.list(folder).stream()
              .collect(Collectors.toMap(Storage.Entry::location, Function.identity()));
      return files.values().stream()
          .filter(file -> file.name().endsWith(CLAIM))
          .map(
              file -> {
                String name =
                    file.location().substring(0, file.location().length() - CLAIM.length());
                long life =
                    Optional.ofNullable(files.get(name + LIFE))
                        .map(Storage.Entry::modified)
                        .orElse(0L);
                return new Seen(name, file.modified(), Math.max(life, file.modified()));
              })
          .toList();
    }

    void delete() {
      Storage.delete(name + CLAIM);
      Storage.delete(name + LIFE);
    }

    String busy(String workDirectory, long now) {
      String holder = "";
      try {
        holder = " (" + Storage.readText(name + CLAIM) + ")";
      } catch (UncheckedIOException e) {
        LOG.debug("{} has just gone", name, e);
      }
      return String.format(
          Locale.ROOT,
          "another run%s works in %s; wait for it to end, then run this command again. Its last sign"
              + " of life was %d s ago: if it is dead, the place is free %d s after that",
          holder,
          workDirectory,
          Math.max(0, now - alive) / 1000,
          PATIENCE.toSeconds());
    }
  }
}
