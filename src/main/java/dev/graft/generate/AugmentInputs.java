package dev.graft.generate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.stage.StageContext;
import java.io.Serializable;
import java.util.Map;

/**
 * What AUGMENT takes from the stages before it. Every method is called on a worker, never while the
 * graph is built. Models are shared within the JVM: never close them.
 */
public interface AugmentInputs extends Serializable {
  /** The small facts: no model is opened and no row is read for them. */
  Facts facts(StageContext context);

  Sampler sampler(StageContext context);

  Classifier judge(StageContext context);

  /** All rows of a part of the real data. */
  LabelledRows rows(StageContext context, Part part);

  default Modality modality(StageContext context) {
    return Modalities.get(context.spec().modality());
  }

  /**
   * @param schema of the data
   * @param trainRows real train rows by class id; the id -1 stands for an unlabelled dataset
   * @param generatorName name of the generator in the model store
   * @param generatorDigest its content digest
   * @param judgeDigest content digest of the judge
   */
  record Facts(
      DatasetSchema schema,
      Map<Integer, Long> trainRows,
      String generatorName,
      String generatorDigest,
      String judgeDigest) {}
}
