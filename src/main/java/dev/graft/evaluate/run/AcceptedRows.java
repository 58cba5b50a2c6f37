package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;

/** The rows that AUGMENT has accepted. */
public final class AcceptedRows {
  private AcceptedRows() {}

  /** All of them, in id order; called on a worker. */
  public static LabelledRows read(StageContext context, DatasetSchema schema) {
    CandidateTable table = CandidateTable.read(context.input(StageName.AUGMENT));
    return Candidates.read(
            table,
            new int[0],
            schema,
            context.workDirectory(),
            context.spec().augment().softLabels())
        .accepted();
  }
}
