package dev.graft.workflow;

import dev.graft.stage.JoinableStage;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.Visibility;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PCollection;

/**
 * Stages that are launched as one Beam job, each beginning when the one before has committed.
 *
 * @param parts in order; one, or several {@link JoinableStage}s
 */
record StageJob(List<Part> parts) {
  /** A stage and its launch. */
  record Part(Stage stage, StageContext context) {
    /** The step below which its steps stand in a job of several stages: {@code Augment}. */
    String step() {
      String key = stage.name().key();
      return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }
  }

  StageJob {
    parts = List.copyOf(parts);
  }

  /**
   * The stages after the first that go into its job: as many as can be joined and have to run.
   *
   * @param stages in order; the first has to run
   */
  static List<Stage> together(List<Stage> stages, boolean oneJob, Predicate<Stage> hasToRun) {
    List<Stage> together = new ArrayList<>(stages.subList(0, 1));
    if (oneJob && stages.get(0) instanceof JoinableStage) {
      stages.stream()
          .skip(1)
          .takeWhile(stage -> stage instanceof JoinableStage && hasToRun.test(stage))
          .forEach(together::add);
    }
    return together;
  }

  /**
   * The job, from 1, of every stage that has to run.
   *
   * @param stages in order
   */
  static Map<StageName, Integer> numbers(
      List<Stage> stages, boolean oneJob, Predicate<Stage> hasToRun) {
    Map<StageName, Integer> jobs = new EnumMap<>(StageName.class);
    int job = 0;
    for (int at = 0; at < stages.size(); at++) {
      Stage stage = stages.get(at);
      if (hasToRun.test(stage) && !jobs.containsKey(stage.name())) {
        job++;
        for (Stage one : together(stages.subList(at, stages.size()), oneJob, hasToRun)) {
          jobs.put(one.name(), job);
        }
      }
    }
    return jobs;
  }

  /** {@code graft-augment-evaluate-publish-} and the start of the last stage's fingerprint. */
  String name() {
    Part last = parts.get(parts.size() - 1);
    String fingerprint = last.context().fingerprint(last.stage().name()).substring(0, 12);
    return parts.stream()
        .map(part -> part.stage().name().key())
        .collect(Collectors.joining("-", "graft-", "-" + fingerprint));
  }

  /** The first stage's attempt, by which {@link Predecessors} know the job again. */
  String attempt() {
    return parts.get(0).context().attempt();
  }

  /** Adds the graph of all stages; the steps of joined ones stand below the stage's name. */
  void build(Pipeline pipeline) {
    Visibility.check(pipeline, parts.get(0).context());
    if (parts.size() == 1) {
      parts.get(0).stage().build(pipeline, parts.get(0).context());
      return;
    }
    PCollection<String> start =
        pipeline.apply("Start", Create.of("").withCoder(StringUtf8Coder.of()));
    for (Part part : parts) {
      String step = part.step();
      if (part != parts.get(0)) {
        // Parts the jobs of two stages: a step that is tried again does not repeat a commit.
        start = start.apply("Before" + step, Reshuffle.viaRandomKey());
      }
      start = start.apply(step, new Steps((JoinableStage) part.stage(), part.context()));
    }
  }

  private static final class Steps extends PTransform<PCollection<String>, PCollection<String>> {
    private static final long serialVersionUID = 1L;

    private final transient JoinableStage stage;
    private final StageContext context;

    Steps(JoinableStage stage, StageContext context) {
      this.stage = stage;
      this.context = context;
    }

    @Override
    public PCollection<String> expand(PCollection<String> start) {
      return stage.build(start, context);
    }
  }
}
