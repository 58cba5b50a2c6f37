package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.model.Classifier;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.stage.StageContext;
import java.io.Serializable;

/**
 * What EVALUATE takes from INGEST and TRAIN, and the families that it trains learners of. Every
 * method is called on a worker, never while the graph is built.
 */
public interface EvaluateInputs extends Serializable {
  DatasetSchema schema(StageContext context);

  /** All rows of a part that no model has made. */
  LabelledRows rows(StageContext context, Part part);

  /** The examiner, open; shared within the JVM: never close it. */
  Classifier examiner(StageContext context);

  /** One of the run's models with its card. */
  StoredModel model(StageContext context, Role role);

  /** The model family of this name. */
  ModelFamily<?> family(String name);

  /** The models of a run. */
  enum Role {
    GENERATOR,
    JUDGE,
    EXAMINER
  }
}
