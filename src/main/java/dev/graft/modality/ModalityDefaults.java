package dev.graft.modality;

import java.util.List;

/**
 * @param judge definition file of the judge, relative to the working directory
 * @param examiner definition file of the examiner
 * @param learner definition file of the utility learner
 * @param metrics metric names in report order
 */
public record ModalityDefaults(
    String judge, String examiner, String learner, List<String> metrics) {
  public ModalityDefaults {
    metrics = List.copyOf(metrics);
  }
}
