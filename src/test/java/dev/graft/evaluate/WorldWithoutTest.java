package dev.graft.evaluate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.model.Classifier;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.stage.StageContext;
import java.util.List;

/** A world whose TEST part is empty. */
record WorldWithoutTest(TinyWorld world) implements EvaluateInputs {
  @Override
  public LabelledRows rows(StageContext context, Part part) {
    return part == Part.TEST
        ? new LabelledRows(TinyWorld.ROW, new byte[0], new int[0], List.of())
        : world.rows(context, part);
  }

  @Override
  public DatasetSchema schema(StageContext context) {
    return world.schema(context);
  }

  @Override
  public Classifier examiner(StageContext context) {
    return world.examiner(context);
  }

  @Override
  public StoredModel model(StageContext context, Role role) {
    return world.model(context, role);
  }

  @Override
  public ModelFamily<?> family(String name) {
    return world.family(name);
  }
}
