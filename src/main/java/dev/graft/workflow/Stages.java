package dev.graft.workflow;

import dev.graft.stage.Stage;
import java.util.List;

/** The registered stages, in order. */
public final class Stages {
  private static final List<Stage> ALL = List.of();

  private Stages() {}

  public static List<Stage> all() {
    return ALL;
  }
}
