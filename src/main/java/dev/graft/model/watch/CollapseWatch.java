package dev.graft.model.watch;

import dev.graft.data.Condition;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Sampler;
import dev.graft.model.TrainingRun;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Looks at a generator in training and says when it collapses. A figure beyond its bound counts
 * only once it was within for as many evaluations in a row as an alarm needs, or, but for coverage,
 * from half of the training on while rows do not become more varied: a model that has not learnt
 * yet has not collapsed. All that it goes on from is in its {@link State}.
 */
public final class CollapseWatch {
  private static final long DRAW = 0x6c6f6f6bL;

  /** Evaluations that a critic is never wrong. */
  private static final int SATURATED = 6;

  private static final double NEVER_WRONG = 0.995;

  /** Steps whose largest loss is the measure for all others. */
  private static final int FIRST_STEPS = 20;

  /** Over the most diversity so far: what gains as much is learning still. */
  private static final double GAIN = 1.1;

  private static final double BEYOND_MEASURE = 1e4;

  private final TrainingRun run;
  private final WatchSettings settings;
  private final RealSample real;
  private final Map<Alarm, Integer> beyond = new EnumMap<>(Alarm.class);
  private final Map<Alarm, Integer> within = new EnumMap<>(Alarm.class);
  private final Set<Alarm> armed = EnumSet.noneOf(Alarm.class);
  private long halfway = -1;
  private double furthest;
  private double largest;
  private int measured;

  /**
   * What a watch goes on from.
   *
   * @param beyond evaluations in a row beyond the bound, by alarm
   * @param within evaluations in a row within it
   * @param armed alarms that count
   * @param halfway step from which all count; -1 before the first look
   * @param furthest most diversity so far
   * @param largest loss of the first steps
   * @param measured how many of them there were
   */
  public record State(
      Map<Alarm, Integer> beyond,
      Map<Alarm, Integer> within,
      List<Alarm> armed,
      long halfway,
      double furthest,
      double largest,
      int measured) {}

  /**
   * What was seen at an evaluation.
   *
   * @param figures for the history
   * @param healthy whether every figure is within its bound
   * @param suspicious whether one that counts is not
   * @param alarm what is wrong for too long; null for nothing
   */
  public record Look(
      Map<String, Double> figures, boolean healthy, boolean suspicious, Raised alarm) {}

  /**
   * @param seen the figure beside that of real rows
   */
  public record Raised(Alarm alarm, String seen) {}

  public CollapseWatch(TrainingRun run, WatchSettings settings) {
    this.run = run;
    this.settings = settings;
    Modality modality = Modalities.get(run.schema().modality());
    this.real =
        new RealSample(
            modality.glance(run.schema()),
            modality.similarity(run.schema()),
            run.train(),
            run.tune(),
            settings.rows(),
            run.seed());
  }

  /** Whether there are tune rows enough to compare drawn ones with. */
  public boolean comparesRows() {
    return real.usable();
  }

  public boolean restarts() {
    return settings.restarts();
  }

  /** The figures of real train rows in the place of drawn ones. */
  public Map<String, Double> reference() {
    return real.usable() ? real.reference().named() : Map.of();
  }

  /** Draws the rows that are looked at; always from the same noise. */
  public byte[] draw(Sampler sampler, Sampler.Controls controls) {
    int[] labels = real.labels();
    int rowSize = run.schema().rowSize();
    byte[] rows = new byte[labels.length * rowSize];
    for (int from = 0; from < labels.length; ) {
      int to = from;
      while (to < labels.length && labels[to] == labels[from] && to - from < sampler.batch()) {
        to++;
      }
      byte[] drawn =
          sampler.sample(
              Condition.ofLabel(labels[from]), run.seed() ^ DRAW, from, to - from, controls);
      System.arraycopy(drawn, 0, rows, from * rowSize, drawn.length);
      from = to;
    }
    return rows;
  }

  /** The same, with rows of several classes in one call. */
  public byte[] drawTogether(DerivingSampler sampler, Sampler.Controls controls) {
    ClassMixture all = ClassMixture.unmixed(real.labels());
    int rowSize = run.schema().rowSize();
    byte[] rows = new byte[all.count() * rowSize];
    for (int from = 0; from < all.count(); from += sampler.batch()) {
      int to = Math.min(all.count(), from + sampler.batch());
      long[] indices = LongStream.range(from, to).toArray();
      byte[] drawn =
          sampler.derive(
              Condition.ofLabel(0), all.slice(from, to), run.seed() ^ DRAW, indices, controls);
      System.arraycopy(drawn, 0, rows, from * rowSize, drawn.length);
    }
    return rows;
  }

  /**
   * Takes in an evaluation.
   *
   * @param step done so far
   * @param every steps between evaluations
   * @param steps of the whole training
   * @param drawn rows of {@link #draw}; null while there is nothing to draw with
   * @param saturation how surely the critic is right, in [0, 1]
   */
  public Look look(long step, long every, long steps, byte[] drawn, OptionalDouble saturation) {
    Map<String, Double> figures = new TreeMap<>();
    List<Raised> raised = new ArrayList<>();
    boolean healthy = true;
    boolean suspicious = false;
    if (drawn != null) {
      if (halfway < 0) {
        halfway = (step - every + steps) / 2;
      }
      SampleFigures seen = real.of(drawn);
      figures.putAll(seen.named());
      boolean learning = seen.diversity() > GAIN * furthest;
      furthest = Math.max(furthest, seen.diversity());
      for (Alarm alarm : Alarm.ofRows()) {
        boolean bad = alarm.raisedBy(seen, real.reference());
        note(alarm, bad);
        if (bad) {
          healthy = false;
          if (armed.contains(alarm) || !learning && countsNow(alarm, step)) {
            suspicious = true;
            if (beyond.get(alarm) >= settings.evaluations()) {
              raised.add(
                  new Raised(alarm, alarm.told(seen, real.reference(), run.schema().classes())));
            }
          }
        }
      }
    }
    if (saturation.isPresent()) {
      figures.put("watch-saturation", saturation.getAsDouble());
      note(Alarm.SATURATION, saturation.getAsDouble() > NEVER_WRONG);
      if (beyond.get(Alarm.SATURATION) >= SATURATED) {
        raised.add(
            new Raised(
                Alarm.SATURATION,
                String.format(
                    Locale.ROOT,
                    "the critic is right by %.4f for %d evaluations",
                    saturation.getAsDouble(),
                    SATURATED)));
      }
    }
    return new Look(figures, healthy, suspicious, raised.isEmpty() ? null : raised.get(0));
  }

  private boolean countsNow(Alarm alarm, long step) {
    return settings.expectsToLearn() && alarm.countsAlways() && step >= halfway;
  }

  private void note(Alarm alarm, boolean bad) {
    beyond.put(alarm, bad ? beyond.getOrDefault(alarm, 0) + 1 : 0);
    within.put(alarm, bad ? 0 : within.getOrDefault(alarm, 0) + 1);
    if (within.get(alarm) >= settings.evaluations()) {
      armed.add(alarm);
    }
  }

  /**
   * Takes in the losses of a step.
   *
   * @return what is wrong with them; null for nothing
   */
  public Raised losses(Map<String, Double> figures) {
    Raised raised = null;
    for (Map.Entry<String, Double> figure : new TreeMap<>(figures).entrySet()) {
      if (!Double.isFinite(figure.getValue())) {
        return notFinite(figure.getKey(), figure.getValue());
      }
      if (figure.getKey().endsWith("-loss")) {
        double size = Math.abs(figure.getValue());
        if (measured < FIRST_STEPS) {
          largest = Math.max(largest, size);
        } else if (size > BEYOND_MEASURE * Math.max(1, largest)) {
          raised =
              new Raised(
                  Alarm.EXPLODED,
                  String.format(
                      Locale.ROOT,
                      "%s is %.3g, of the first steps at most %.3g",
                      figure.getKey(),
                      figure.getValue(),
                      largest));
        }
      }
    }
    measured = Math.min(FIRST_STEPS, measured + 1);
    return raised;
  }

  /** Whether a figure of an evaluation is no number. */
  public static Raised notFinite(String name, double value) {
    return new Raised(Alarm.NOT_FINITE, name + " is " + value);
  }

  /**
   * Begins anew, for a training that is restarted; what the first losses were stays known.
   *
   * @param learnt whether it goes on from weights that showed nothing wrong: they have to keep it
   */
  public void restart(boolean learnt) {
    beyond.clear();
    within.clear();
    if (!learnt) {
      armed.clear();
    }
    halfway = -1;
    furthest = 0;
  }

  public State state() {
    return new State(
        new EnumMap<>(beyond),
        new EnumMap<>(within),
        List.copyOf(armed),
        halfway,
        furthest,
        largest,
        measured);
  }

  /** Goes on from {@link #state}. */
  public void restore(State state) {
    beyond.putAll(state.beyond());
    within.putAll(state.within());
    armed.addAll(state.armed());
    halfway = state.halfway();
    furthest = state.furthest();
    largest = state.largest();
    measured = state.measured();
  }
}
