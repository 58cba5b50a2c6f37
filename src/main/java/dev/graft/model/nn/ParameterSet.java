package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The weights of a network, by name, in the order in which the network declares them.
 *
 * <p>Convolution weights are (out, in, height, width) to the reader and in files, but lie in memory
 * with the channels last, as all activations do: convolutions and pooling are then about twice as
 * fast on a CPU.
 *
 * <p>Arrays belong to the manager given at construction, which the owner closes. Frozen sets may be
 * read from any number of threads.
 */
public final class ParameterSet {
  private final NDManager manager;
  private final Map<String, PtNDArray> arrays = new LinkedHashMap<>();
  private final Map<String, ClassAxis> classAxes = new LinkedHashMap<>();

  /**
   * Where a parameter has an entry per class.
   *
   * @param dimension of its shape
   * @param first position of the first class along it; what lies before and after is of no class
   */
  public record ClassAxis(int dimension, int first) {}

  public ParameterSet(NDManager manager) {
    this.manager = manager;
  }

  /** A frozen set with the given content. */
  public static ParameterSet of(NDManager manager, Map<String, Tensor> tensors) {
    ParameterSet set = new ParameterSet(manager);
    tensors.forEach(set::add);
    return set;
  }

  /**
   * The same set with other arrays in place of some, such as functions of them.
   *
   * @param others by name; they stay with their own manager
   */
  public ParameterSet with(Map<String, PtNDArray> others) {
    ParameterSet set = new ParameterSet(manager);
    set.arrays.putAll(arrays);
    set.arrays.putAll(others);
    return set;
  }

  /** Declares a parameter. */
  public void add(String name, Tensor tensor) {
    PtNDArray array = upload(tensor);
    if (arrays.putIfAbsent(name, array) != null) {
      throw new IllegalArgumentException("parameter " + name + " is declared twice");
    }
  }

  /** Says of a declared parameter that it has an entry per class. */
  public void perClass(String name, int dimension, int first) {
    classAxes.put(name, new ClassAxis(dimension, first));
  }

  /** By name of the parameter. */
  public Map<String, ClassAxis> classAxes() {
    return classAxes;
  }

  /** Gives a declared parameter another value. */
  public void replace(String name, Tensor tensor) {
    get(name).close();
    arrays.put(name, upload(tensor));
  }

  private PtNDArray upload(Tensor tensor) {
    Shape shape = new Shape(tensor.shape());
    if (shape.dimension() != 4) {
      return (PtNDArray) manager.create(tensor.values(), shape);
    }
    try (NDManager scope = manager.newSubManager()) {
      NDArray channelsLast =
          scope
              .create(tensor.values(), shape)
              .transpose(0, 2, 3, 1)
              .reshape(-1) // lays the values out in the new order
              .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
              .transpose(0, 3, 1, 2)
              .duplicate();
      channelsLast.attach(manager);
      return (PtNDArray) channelsLast;
    }
  }

  public PtNDArray get(String name) {
    PtNDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("no parameter " + name + "; there are " + arrays.keySet());
    }
    return array;
  }

  /** Parameters in declaration order; not to be written to. */
  public Map<String, PtNDArray> arrays() {
    return arrays;
  }

  /** Makes the arrays leaves that gradients are recorded for, or plain ones. */
  public void requireGradients(boolean required) {
    arrays.values().forEach(array -> array.setRequiresGradient(required));
  }

  /** Copies the content out of the engine. */
  public SortedMap<String, Tensor> export() {
    SortedMap<String, Tensor> tensors = new TreeMap<>();
    arrays.forEach(
        (name, array) ->
            tensors.put(name, new Tensor(array.getShape().getShape(), array.toFloatArray())));
    return tensors;
  }

  /** Number of values in all. */
  public long size() {
    return arrays.values().stream().mapToLong(array -> array.getShape().size()).sum();
  }
}
