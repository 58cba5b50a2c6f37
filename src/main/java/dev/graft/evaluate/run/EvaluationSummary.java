package dev.graft.evaluate.run;

import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.evidence.EvidencePage;
import dev.graft.evaluate.gate.GateResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The summary of EVALUATE: what a launcher prints.
 *
 * @param report the report's file in the stage's output
 * @param passed whether every gate is passed
 * @param failedGates messages of those that are not
 * @param figures key figures by name: {@code coverage}, {@code coverage-of-real}, {@code
 *     copied-rows}, {@code <arm>-accuracy}, {@code <arm>-gain}, ...; undefined ones are left out
 */
public record EvaluationSummary(
    String report, boolean passed, List<String> failedGates, Map<String, Double> figures) {
  static EvaluationSummary of(Evaluation evaluation) {
    Map<String, Double> figures = new TreeMap<>();
    evaluation
        .metrics()
        .overall()
        .metrics()
        .forEach(
            (name, comparison) -> {
              comparison.after().asDouble().ifPresent(value -> figures.put(name, value));
              comparison
                  .realVsReal()
                  .asDouble()
                  .ifPresent(value -> figures.put(name + "-of-real", value));
            });
    evaluation
        .copies()
        .accepted()
        .copied()
        .asDouble()
        .ifPresent(share -> figures.put("copied-rows", share));
    evaluation
        .copies()
        .tune()
        .copied()
        .asDouble()
        .ifPresent(share -> figures.put("copied-rows-of-real", share));
    evaluation
        .utility()
        .arms()
        .forEach(
            arm -> {
              if (arm.accuracy() != null) {
                figures.put(arm.arm() + "-accuracy", arm.accuracy().mean());
              }
              if (arm.labels() != null) {
                figures.put(arm.arm() + "-micro-f1", arm.labels().microF1().mean());
                figures.put(arm.arm() + "-macro-f1", arm.labels().macroF1().mean());
              }
              if (arm.gain() != null) {
                figures.put(arm.arm() + "-gain", arm.gain().mean());
              }
            });
    return new EvaluationSummary(
        EvidencePage.FILE,
        evaluation.passed(),
        evaluation.gates().stream()
            .filter(gate -> !gate.passed())
            .map(GateResult::message)
            .toList(),
        figures);
  }
}
