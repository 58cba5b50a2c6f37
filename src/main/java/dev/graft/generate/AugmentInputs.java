package dev.graft.generate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import java.io.Serializable;
import java.util.List;
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

  /**
   * The datasets of the spec's name that its place of publication holds under dates before {@code
   * runDate}, oldest first; none for an undated run. Called in the launcher too, for the
   * fingerprint. Real rows are not in them: how near a candidate is to those is the business of
   * novelty and of the check for copies.
   *
   * @throws dev.graft.data.GraftException (exit 3) when one does not tell what it holds
   */
  List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate);

  /**
   * {@link #publishedBefore}, on a worker.
   *
   * @throws dev.graft.data.GraftException (exit 1) when it is no longer what the stage's
   *     fingerprint was made of
   */
  default List<PublishedDate> published(StageContext context) {
    return publishedBefore(context.spec(), context.runDate());
  }

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
