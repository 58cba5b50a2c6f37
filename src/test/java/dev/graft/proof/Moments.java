package dev.graft.proof;

import dev.graft.stage.StageName;
import java.util.Map;

/** By which file in the work folder a stage is known to be in the middle of its work. */
final class Moments {
  private static final Map<StageName, String> FILES =
      Map.of(
          StageName.INGEST, "ingest/[^/]+/attempt-[^/]+/shards/.*",
          StageName.TRAIN, "train/[^/]+/checkpoints/.*",
          StageName.AUGMENT, "candidates/[^/]+/.*",
          StageName.EVALUATE, "arms/[^/]+/.*",
          StageName.PUBLISH, "publish/[^/]+/attempt-[^/]+/dataset/.*");

  private Moments() {}

  /** A form of the first file that the middle of the stage writes, whole or not. */
  static String inside(StageName stage) {
    return FILES.get(stage);
  }
}
