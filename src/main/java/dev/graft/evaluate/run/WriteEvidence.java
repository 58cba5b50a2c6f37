package dev.graft.evaluate.run;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.EvidencePage;
import dev.graft.generate.SelectionSummary;
import dev.graft.stage.StageContext;
import java.util.Comparator;
import java.util.List;

/** Writes {@code metrics.json} and the report. */
public final class WriteEvidence {
  private final StageContext context;
  private final EvaluateRun run;
  private final EvidencePage page;

  public WriteEvidence(StageContext context, EvaluateInputs inputs, EvidencePage page) {
    this.context = context;
    this.run = EvaluateRun.of(context, inputs);
    this.page = page;
  }

  /**
   * @param results of all tasks, in any order
   * @return the stage's summary
   */
  public EvaluationSummary write(List<TaskResult> results) {
    List<TaskResult> ordered =
        results.stream()
            .sorted(
                Comparator.comparing((TaskResult result) -> result.task().kind())
                    .thenComparing(result -> result.task().arm())
                    .thenComparing(result -> result.task().number()))
            .toList();
    SelectionSummary selection = ComposeEvaluation.summary(context);
    Evaluation evaluation = new ComposeEvaluation(run).compose(ordered, selection);
    Storage.writeText(
        Storage.resolve(context.attemptDirectory(), Evaluation.FILE), Json.pretty(evaluation));
    Evidence evidence = new CollectEvidence(run).collect(evaluation, ordered, selection);
    String report = Storage.resolve(context.attemptDirectory(), EvidencePage.FILE);
    Storage.writeText(report, page.render(evidence));
    return EvaluationSummary.of(evaluation);
  }
}
