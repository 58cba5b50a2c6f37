package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.watch.WatchStory.Event;
import dev.graft.model.watch.WatchStory.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTransformerFamilyTest extends LanguageFamilyContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new TextTransformerFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: text-transformer
        architecture: {vocabulary: 290, max-tokens: 12, width: 16, layers: 2, heads: 2}
        training:
          steps: 110
          batch: 16
          learning-rate: 0.02
          ema: 0.8
          clip: 1
          token-noise: 0.05
          eval-every: 20
          checkpoint-every: 30
        compute: {batch: 8}
        """;
  }

  /** So large a rate makes texts the same few tokens over and over. */
  @Test
  void aTrainingThatCollapsesIsRestartedOnceAndThenMarked() throws Exception {
    ModelDefinition wild =
        changed(
            "training.learning-rate=1",
            "training.schedule=constant",
            "training.ema=0",
            "training.clip=0",
            "training.watch.evaluations=1");
    FittedModel fitted = family().fit(run(wild, schema(), rows(90, 1), Checkpoints.none()));
    List<Event> events = fitted.watch().events();
    assertThat(events.get(0).done()).contains("restarted with").contains("learning-rate 1 to 0.5");
    if (events.size() > 1) {
      assertThat(events.get(1).done()).endsWith("ended and marked as collapsed");
    }
    assertThat(events).hasSizeLessThanOrEqualTo(2);
    assertThat(fitted.watch().verdict())
        .isEqualTo(events.size() == 1 ? Verdict.RECOVERED : Verdict.COLLAPSED);

    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    family().fit(run(wild, schema(), rows(90, 1), all));
    List<Checkpoints.Checkpoint> saved = all.saved();
    assertThat(saved).isNotEmpty();
    RecordedCheckpoints rest = RecordedCheckpoints.from(saved.get(saved.size() - 1));
    FittedModel continued = family().fit(run(wild, schema(), rows(90, 1), rest));
    assertThat(continued.weights()).isEqualTo(fitted.weights());
    assertThat(continued.watch()).isEqualTo(fitted.watch());
  }
}
