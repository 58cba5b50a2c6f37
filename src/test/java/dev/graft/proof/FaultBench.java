package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.DatasetDigest;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One small pipeline, what an undisturbed run of it publishes, and places where it is run again and
 * disturbed. A place can start with stages that are done: those of the undisturbed run.
 */
final class FaultBench {
  private static final String DATE = "2026-01-02";

  /** What a stage keeps beside its own folder, for attempts to share. */
  private static final Map<StageName, List<String>> SHARED =
      Map.of(
          StageName.AUGMENT, List.of("candidates", "references"),
          StageName.EVALUATE, List.of("arms", "test-reads.json"));

  private final Path directory;
  private final List<String> runner;
  private Place undisturbed;
  private DatasetDigest expected;
  private double seconds;

  /**
   * @param runner options of the command line that say where the pipeline runs
   */
  FaultBench(Path directory, String... runner) {
    this.directory = directory;
    this.runner = List.of(runner);
    TinySpec.writeDefinitions(directory);
    TinySpec.edit(directory.resolve("vae.yaml"), "steps: 150", "steps: 400");
    TinySpec.edit(directory.resolve("vae.yaml"), "checkpoint-every: 50", "checkpoint-every: 20");
    for (String role : List.of("judge", "examiner")) {
      TinySpec.edit(
          directory.resolve(role + ".yaml"), "steps: 60", "steps: 150, checkpoint-every: 25");
    }
  }

  /** Runs without any fault and keeps what came of it. */
  FaultBench runUndisturbed() {
    undisturbed = place("undisturbed");
    long start = System.nanoTime();
    ChildRun run = undisturbed.launch("run");
    assertThat(run.await()).as(run.everything()).isZero();
    seconds = seconds(start);
    expected = undisturbed.digest();
    return this;
  }

  /** Length of the undisturbed run. */
  double seconds() {
    return seconds;
  }

  DatasetDigest expected() {
    return expected;
  }

  /** Seconds since a {@link System#nanoTime}. */
  static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** An empty place with a store of its own. */
  Place place(String name) {
    return place(name, directory.resolve("out-" + name));
  }

  /** The same, published to {@code out}. */
  Place place(String name, Path out) {
    String spec =
        TinySpec.generated(directory, 60, 400)
            .replace("to: " + directory + "/out,", "to: " + out + ",")
            .replace("rows-per-shard: 50", "rows-per-shard: 10");
    Path file = directory.resolve("spec-" + name + ".yaml");
    TinyImages.write(file, spec.getBytes());
    return new Place(file, out, directory.resolve("store-" + name));
  }

  /** A place where the stages before this one are done. */
  Place placeBefore(StageName stage, String name) {
    return fill(stage, place(name));
  }

  /** Puts the stages before this one where nothing is yet. */
  Place fill(StageName stage, Place place) {
    for (StageName done : StageName.values()) {
      if (done.compareTo(stage) < 0) {
        copy(undisturbed.work().resolve(done.key()), place.work().resolve(done.key()));
        for (String shared : SHARED.getOrDefault(done, List.of())) {
          copy(undisturbed.work().resolve(shared), place.work().resolve(shared));
        }
        if (done == StageName.TRAIN) {
          copy(undisturbed.store(), place.store());
        }
      }
    }
    return place;
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(path, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where the pipeline is run.
   *
   * @param out where it publishes
   */
  final class Place {
    private final Path spec;
    private final Path out;
    private final Path store;

    private Place(Path spec, Path out, Path store) {
      this.spec = spec;
      this.out = out;
      this.store = store;
    }

    Path out() {
      return out;
    }

    Path work() {
      return out.resolve(".graft");
    }

    Path store() {
      return store;
    }

    Path published() {
      return out.resolve("dt=" + DATE);
    }

    /** Starts {@code graft run}. */
    ChildRun launch(String name, String... more) {
      return launch(name, List.of("-Xmx1200m"), more);
    }

    ChildRun launch(String name, List<String> jvm, String... more) {
      List<String> arguments = new ArrayList<>(List.of(more));
      arguments.addAll(runner);
      return command(name, jvm, arguments);
    }

    /**
     * Starts it with another runner profile.
     *
     * @param home has the folder {@code config} of the profile
     * @param beamOptions with their {@code --}
     */
    ChildRun launchOn(String name, Path home, String profile, String... beamOptions) {
      List<String> arguments =
          new ArrayList<>(List.of("--dir", home.toString(), "--runner", profile, "--"));
      arguments.addAll(List.of(beamOptions));
      return command(name, List.of("-Xmx1200m"), arguments);
    }

    /** Starts it with these variables in its environment, each {@code NAME=value}. */
    ChildRun launchUnder(String name, List<String> variables) {
      List<String> arguments = new ArrayList<>(List.of("run", spec.toString()));
      arguments.addAll(List.of("--run-date", DATE, "--json"));
      arguments.addAll(runner);
      return ChildRun.command(log(name), store, List.of("-Xmx1200m"), arguments, variables);
    }

    private ChildRun command(String name, List<String> jvm, List<String> more) {
      List<String> arguments = new ArrayList<>(List.of("run", spec.toString()));
      arguments.addAll(List.of("--run-date", DATE, "--json"));
      arguments.addAll(more);
      return ChildRun.command(log(name), store, jvm, arguments);
    }

    private Path log(String name) {
      String place = spec.getFileName().toString().replaceAll("^spec-|[.]yaml$", "");
      return directory.resolve(place + "-" + name);
    }

    DatasetDigest digest() {
      return DatasetDigest.ofDirectory(published().toString());
    }

    /** Waits until a file is written whose path in the work folder has this form. */
    void awaitFile(ChildRun run, String form) {
      while (files(work()).stream().noneMatch(file -> file.matches(form))) {
        assertThat(run.isAlive()).as("before there was %s: %s", form, run.everything()).isTrue();
        ChildRun.sleep(5);
      }
    }

    /**
     * Does something to a run that must not show in what is published: the digest is the
     * undisturbed run's, no reader has ever seen half a dataset, and no file of a dead writer is
     * published. Files that dead writers left elsewhere go with {@code graft prune}.
     */
    void disturb(Consumer<Place> fault) {
      try (VisibilityWatch watch = new VisibilityWatch(out)) {
        fault.accept(this);
        assertThat(digest()).isEqualTo(expected);
        assertThat(watch.violations()).isEmpty();
      }
      assertThat(temporaries(published())).isEmpty();
      prune();
      assertThat(temporaries(out)).isEmpty();
      assertThat(temporaries(store)).isEmpty();
      assertThat(digest()).isEqualTo(expected);
    }

    private void prune() {
      ChildRun prune =
          ChildRun.command(
              log("prune"),
              store,
              List.of("-Xmx300m"),
              List.of(
                  "prune",
                  spec.toString(),
                  "--run-date",
                  DATE,
                  "--older-than",
                  "0",
                  "--store",
                  "--delete"));
      assertThat(prune.await()).as(prune.everything()).isZero();
    }
  }

  /** What writers have begun and not finished. */
  static List<String> temporaries(Path folder) {
    return files(folder).stream().filter(file -> file.matches("(.*/)?[.]tmp-[^/]*")).toList();
  }

  /** All files below a folder, by relative path; what goes away meanwhile is left out. */
  static List<String> files(Path folder) {
    List<String> files = new ArrayList<>();
    collect(folder, "", files);
    return files;
  }

  private static void collect(Path folder, String path, List<String> files) {
    String[] names = folder.toFile().list();
    if (names == null) {
      return;
    }
    for (String name : names) {
      Path entry = folder.resolve(name);
      if (Files.isDirectory(entry)) {
        collect(entry, path + name + "/", files);
      } else {
        files.add(path + name);
      }
    }
  }
}
