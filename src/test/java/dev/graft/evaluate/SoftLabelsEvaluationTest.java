package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.evaluate.run.AcceptedRows;
import dev.graft.evaluate.run.FinishedArms;
import dev.graft.model.Classifier;
import dev.graft.score.SoftLabels;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What EVALUATE and studies read of candidates with soft labels. */
class SoftLabelsEvaluationTest {
  @TempDir Path work;

  @Test
  void acceptedRowsComeWithWhatTheJudgeTakesThemFor() {
    TinyWorld world = new TinyWorld(false);
    EvaluateRuns runs = new EvaluateRuns(world, work);
    StageContext plain = runs.augment().context(StageName.EVALUATE, "plain");
    runs.softLabels = true;
    StageContext soft = runs.augment().context(StageName.EVALUATE, "soft");

    LabelledRows rows = AcceptedRows.read(soft, TinyWorld.SCHEMA);
    LabelledRows hard = AcceptedRows.read(plain, TinyWorld.SCHEMA);
    assertThat(rows.ids()).isNotEmpty().isEqualTo(hard.ids());
    assertThat(rows.values()).isEqualTo(hard.values());
    assertThat(hard.targets()).isNull();
    try (Classifier judge = world.judge(soft)) {
      assertThat(rows.targets())
          .isEqualTo(SoftLabels.of(judge.predict(rows.values(), rows.size())));
    }
    int[] some = {3, 0};
    assertThat(rows.select(some).targets())
        .containsExactly(
            rows.targets()[9],
            rows.targets()[10],
            rows.targets()[11],
            rows.targets()[0],
            rows.targets()[1],
            rows.targets()[2]);
    assertThat(FinishedArms.of(soft).directory()).isNotEqualTo(FinishedArms.of(plain).directory());
  }
}
