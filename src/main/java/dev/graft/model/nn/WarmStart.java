package dev.graft.model.nn;

import dev.graft.data.GraftException;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ParameterSet.ClassAxis;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * The initial weights of a training that goes on from a stored model: those of the model. Where a
 * parameter has an entry per class, entries go by the class's name, and a class that the model does
 * not know begins as the mean of those it knows.
 */
public final class WarmStart {
  private final StoredModel base;
  private final List<String> known;
  private final List<String> wanted;

  private WarmStart(TrainingRun run) {
    this.base = run.base();
    this.known = base.card().schema().classes();
    this.wanted = run.schema().classes();
  }

  /** A network that declares its parameters with random values. */
  @FunctionalInterface
  public interface Declaration {
    void declare(ParameterSet parameters, long seed);
  }

  /** Declares a network, with the weights of {@link TrainingRun#base} where there is one. */
  public static void declare(TrainingRun run, ParameterSet parameters, Declaration network) {
    network.declare(parameters, run.seed());
    if (run.base() != null) {
      new WarmStart(run).fill(parameters);
    }
  }

  private void fill(ParameterSet parameters) {
    SortedMap<String, Tensor> stored = Safetensors.decode(base.weights()).tensors();
    parameters
        .export()
        .forEach(
            (name, declared) -> {
              Tensor old = stored.get(name);
              ClassAxis axis = parameters.classAxes().get(name);
              long[] expected = declared.shape().clone();
              if (axis != null) {
                expected[axis.dimension()] += count(known) - count(wanted);
              }
              if (old == null || !Arrays.equals(old.shape(), expected)) {
                throw GraftException.usage(
                    "model %s has %s for %s, this training needs %s: a model is trained further"
                        + " with its own architecture and shape of rows",
                    base.card().name(),
                    old == null ? "nothing" : old,
                    name,
                    Arrays.toString(expected));
              }
              parameters.replace(name, axis == null ? old : byClass(old, declared.shape(), axis));
            });
  }

  /** Unlabelled rows are all of one class. */
  private static int count(List<String> classes) {
    return Math.max(1, classes.size());
  }

  private Tensor byClass(Tensor old, long[] shape, ClassAxis axis) {
    int inner = size(shape, axis.dimension() + 1, shape.length);
    int outer = size(shape, 0, axis.dimension());
    int before = (int) old.shape()[axis.dimension()];
    int after = (int) shape[axis.dimension()];
    float[] values = new float[outer * after * inner];
    for (int o = 0; o < outer; o++) {
      for (int entry = 0; entry < after; entry++) {
        int[] sources = sources(entry, axis);
        for (int i = 0; i < inner; i++) {
          double sum = 0;
          for (int source : sources) {
            sum += old.values()[(o * before + source) * inner + i];
          }
          values[(o * after + entry) * inner + i] = (float) (sum / sources.length);
        }
      }
    }
    return Tensor.of(values, shape);
  }

  /** The old entries whose mean is a new one. */
  private int[] sources(int entry, ClassAxis axis) {
    int number = entry - axis.first();
    if (number < 0) {
      return new int[] {entry};
    }
    if (number >= count(wanted)) {
      return new int[] {entry - count(wanted) + count(known)};
    }
    int old = wanted.isEmpty() ? -1 : known.indexOf(wanted.get(number));
    return old >= 0
        ? new int[] {axis.first() + old}
        : IntStream.range(axis.first(), axis.first() + count(known)).toArray();
  }

  private static int size(long[] shape, int from, int to) {
    return (int) Arrays.stream(shape, from, to).reduce(1, (a, b) -> a * b);
  }
}
