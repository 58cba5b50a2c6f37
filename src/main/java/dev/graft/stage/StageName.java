package dev.graft.stage;

import java.util.Locale;

/** The five stages, in order. */
public enum StageName {
  INGEST,
  TRAIN,
  AUGMENT,
  EVALUATE,
  PUBLISH;

  /** Lower-case name, as in commands, folders and JSON. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
