package dev.graft.evaluate.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.io.Storage;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudyPoint;
import dev.graft.spec.StudySpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;

/**
 * One arm at one size and seed and, where it has synthetic rows, one ratio: the learner is trained
 * with every choice there is and the most accurate on TUNE is tested.
 *
 * @param size real rows of each class
 * @param seed number of the draw
 * @param arm {@link dev.graft.evaluate.utility.Arm#key()}
 * @param ratio synthetic rows for each real train row; null for an arm without them
 * @param key hash of all that decides the result
 * @param fingerprints of the stages it reads, by name
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StudyTask(
    int size, int seed, String arm, Double ratio, String key, Map<String, String> fingerprints)
    implements Serializable {
  public StudyTask {
    fingerprints = Map.copyOf(fingerprints);
  }

  /** The draw that it belongs to. */
  public StudyPoint point() {
    return new StudyPoint(size, seed);
  }

  /** For people: {@code both at 2x, 50 rows a class, seed 0}. */
  public String text() {
    return Ratios.named(arm, ratio) + ", " + point().text();
  }

  /** The spec that the stages before it were run by. */
  PipelineSpec spec(PipelineSpec spec, StudySpec study) {
    return point().spec(spec, study, ratio == null ? 1 : ratio);
  }

  /**
   * Where the stages before it have put their outputs.
   *
   * @param context of the study's own stage
   * @param spec of the study
   */
  StageContext inputs(StageContext context, PipelineSpec spec, StudySpec study) {
    PipelineSpec own = spec(spec, study);
    Map<StageName, String> stages = new EnumMap<>(StageName.class);
    for (StageName stage : StageName.values()) {
      if (fingerprints.containsKey(stage.key())) {
        stages.put(stage, fingerprints.get(stage.key()));
      }
    }
    return new StageContext(
        own,
        context.runDate(),
        Storage.resolve(own.publish().to(), ".graft"),
        context.storeDirectory(),
        StageName.AUGMENT,
        context.attempt(),
        stages,
        false,
        context.callLimit());
  }
}
