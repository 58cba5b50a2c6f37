package dev.graft.workflow;

import dev.graft.evaluate.EvaluateStage;
import dev.graft.evaluate.run.StageOutputs;
import dev.graft.generate.AugmentStage;
import dev.graft.ingest.CanonicalDataset;
import dev.graft.ingest.IngestStage;
import dev.graft.publish.PublishStage;
import dev.graft.report.HtmlReport;
import dev.graft.stage.Stage;
import dev.graft.train.TrainStage;
import java.util.List;

/** The registered stages, in order. */
public final class Stages {
  private static final List<Stage> ALL =
      List.of(
          new IngestStage(),
          new TrainStage((ingest, part) -> CanonicalDataset.of(ingest).loadReal(part)),
          new AugmentStage(new CommittedInputs()),
          new EvaluateStage(new StageOutputs(), new HtmlReport()),
          new PublishStage());

  private Stages() {}

  /** All stages. */
  public static List<Stage> all() {
    return ALL;
  }
}
