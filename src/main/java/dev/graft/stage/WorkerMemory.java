package dev.graft.stage;

import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;

/** What steps that compute with tensors ask of their worker; runners without hints ignore it. */
public final class WorkerMemory {
  /** Heap and libtorch's memory outside of it, for the models that Graft ships. */
  private static final String TENSORS = "8GB";

  private WorkerMemory() {}

  /** For training, drawing and scoring. {@code --resourceHints=min_ram=16GB} asks for more. */
  public static ResourceHints forTensors() {
    return ResourceHints.create().withMinRam(TENSORS);
  }
}
