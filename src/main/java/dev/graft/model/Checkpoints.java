package dev.graft.model;

import java.io.IOException;
import java.util.Optional;

/**
 * Immutable checkpoints of one training, named by step and digest. A checkpoint holds all that the
 * rest of the training depends on: weights, optimizer moments, averages, running statistics,
 * counters, loss history and the best weights so far.
 */
public interface Checkpoints {
  /**
   * The latest checkpoint whose digest is right, or empty. Damaged ones are passed over and logged.
   */
  Optional<Checkpoint> latest() throws IOException;

  void save(Checkpoint checkpoint) throws IOException;

  /** Keeps nothing and never continues. */
  static Checkpoints none() {
    return new Checkpoints() {
      @Override
      public Optional<Checkpoint> latest() {
        return Optional.empty();
      }

      @Override
      public void save(Checkpoint checkpoint) {}
    };
  }

  /**
   * @param step training steps done
   * @param state the family's own serialised state
   */
  record Checkpoint(long step, byte[] state) {}
}
