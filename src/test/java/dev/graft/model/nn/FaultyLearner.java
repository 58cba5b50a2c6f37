package dev.graft.model.nn;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Sampler;
import dev.graft.model.TinyImages;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A learner whose generator draws rows just like the real ones until a fault sets in, at a step,
 * while the learning rate is above a bound.
 */
final class FaultyLearner implements Learner {
  private static final String FAULT = "fault";
  private static final String DONE = "done";
  private static final int CLASSES = 3;
  private static final int ROWS = 100 * CLASSES;
  private static final int SIZE = TinyImages.SIZE * TinyImages.SIZE;

  private final Fault fault;
  private final double rate;
  private boolean broken;
  private long done;

  /** What goes wrong. */
  enum Kind {
    /** One image per class. */
    CONSTANT,
    /** The first class in the place of the last. */
    DROPPED_CLASS,
    /** Three images of each class. */
    THREE_IMAGES,
    NAN,
    HUGE_LOSS
  }

  /**
   * @param from step at which it sets in
   * @param above learning rate that it needs
   */
  record Fault(Kind kind, long from, double above) {}

  FaultyLearner(Fault fault, TrainingSettings settings, SortedMap<String, Tensor> saved) {
    this.fault = fault;
    this.rate = settings.learningRate();
    if (!saved.isEmpty()) {
      broken = saved.get(FAULT).values()[0] > 0;
      done = (long) saved.get(DONE).values()[0];
    }
  }

  @Override
  public Map<String, Double> update(long step) {
    done = step + 1;
    broken |= step >= fault.from && rate > fault.above;
    double loss = 1.0 / done;
    if (broken && fault.kind == Kind.NAN) {
      loss = Double.NaN;
    } else if (broken && fault.kind == Kind.HUGE_LOSS) {
      loss = 1e6;
    }
    return Map.of("train-loss", loss);
  }

  /** A figure that gets ever better, whatever is wrong. */
  @Override
  public Map<String, Double> evaluate() {
    return Map.of("tune-loss", 1.0 / done);
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return figures.get("tune-loss") < best.get("tune-loss");
  }

  @Override
  public SortedMap<String, Tensor> result() {
    return state();
  }

  @Override
  public SortedMap<String, Tensor> state() {
    return new TreeMap<>(
        Map.of(
            FAULT, Tensor.of(new float[] {broken ? 1 : 0}, 1),
            DONE, Tensor.of(new float[] {done}, 1)));
  }

  @Override
  public void close() {}

  /** Whether weights are those of a generator that is broken. */
  static boolean broken(SortedMap<String, Tensor> weights) {
    return weights.get(FAULT).values()[0] > 0;
  }

  /** The generator of these weights. */
  static Sampler sampler(Fault fault, SortedMap<String, Tensor> weights) {
    boolean broken = broken(weights);
    return new Sampler() {
      private LabelledRows rows;

      @Override
      public int batch() {
        return 16;
      }

      @Override
      public byte[] sample(
          Condition condition, long seed, long firstIndex, int count, Controls controls) {
        if (rows == null) {
          rows = VariedImages.rows(ROWS, seed);
        }
        byte[] drawn = new byte[count * SIZE];
        for (int i = 0; i < count; i++) {
          long index = broken ? shown(fault.kind, firstIndex + i) : firstIndex + i;
          int label =
              broken && fault.kind == Kind.DROPPED_CLASS && condition.label() == 2
                  ? 0
                  : condition.label();
          rows.copyRow((int) (CLASSES * index + label), drawn, i * SIZE);
        }
        return drawn;
      }

      @Override
      public void close() {}
    };
  }

  private static long shown(Kind kind, long index) {
    return switch (kind) {
      case CONSTANT -> 0;
      case THREE_IMAGES -> index % 3;
      default -> index;
    };
  }
}
