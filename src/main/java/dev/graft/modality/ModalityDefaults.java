package dev.graft.modality;

import dev.graft.spec.SelectRule;
import java.util.List;

/**
 * @param judge definition file of the judge, relative to the working directory
 * @param examiner definition file of the examiner
 * @param learner definition file of the utility learner
 * @param metrics metric names in report order
 * @param rules of selection, beside those that every modality has
 */
public record ModalityDefaults(
    String judge, String examiner, String learner, List<String> metrics, List<SelectRule> rules) {
  public ModalityDefaults {
    metrics = List.copyOf(metrics);
    rules = List.copyOf(rules);
  }
}
