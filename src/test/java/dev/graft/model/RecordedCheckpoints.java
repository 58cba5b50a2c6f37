package dev.graft.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checkpoints in memory: starts from a given one and records those that follow. */
public final class RecordedCheckpoints implements Checkpoints {
  private final List<Checkpoint> saved = new ArrayList<>();
  private final Optional<Checkpoint> start;

  private RecordedCheckpoints(Optional<Checkpoint> start) {
    this.start = start;
  }

  public static RecordedCheckpoints fresh() {
    return new RecordedCheckpoints(Optional.empty());
  }

  public static RecordedCheckpoints from(Checkpoint start) {
    return new RecordedCheckpoints(Optional.of(start));
  }

  public List<Checkpoint> saved() {
    return saved;
  }

  @Override
  public Optional<Checkpoint> latest() {
    return start;
  }

  @Override
  public void save(Checkpoint checkpoint) {
    saved.add(checkpoint);
  }
}
