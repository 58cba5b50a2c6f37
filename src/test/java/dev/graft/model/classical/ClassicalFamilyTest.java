package dev.graft.model.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.ModelFamily;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.TinyImages;
import dev.graft.model.VaryingSamplerContract;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClassicalFamilyTest extends VaryingSamplerContract {
  private String except = "";

  @Override
  protected ModelFamily<Sampler> family() {
    return new ClassicalFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: classical
        architecture:
          choose: 2
          operations:
            - {op: shift, amount: 0.05%s}
            - {op: noise, amount: 0.05}
            - {op: contrast, amount: 0.1}
            - {op: mix-up, amount: 0.5}
        training: {rows-per-class: 9}
        compute: {batch: 8}
        """
        .formatted(except);
  }

  /** It is the source after the policy as it is defined. */
  @Override
  protected boolean fullStrengthIsAPlainSample() {
    return false;
  }

  @Test
  void littleStrengthLeavesTheSourceAndNoOtherRowIsMixedIn() throws Exception {
    try (Sampler sampler = open()) {
      byte[] sources = sources(0).values();
      assertThat(distance(vary(sampler, 0, 1e-4, 24), sources)).isLessThan(1);
      assertThat(distance(vary(sampler, 0, 1, 24), sources)).isGreaterThan(3);
    }
  }

  /** There is nothing to go on with. */
  @Override
  @Test
  protected void continuedFromAnyCheckpointEndsWithSameBytes() throws IOException {
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    fit(1, all);
    assertThat(all.saved()).isEmpty();
  }

  /** What it learns is how many rows it holds. */
  @Override
  @Test
  protected void trainingLearns() throws IOException {
    assertThat(fit(1, Checkpoints.none()).figures()).containsEntry("rows", 27.0);
  }

  @Test
  void withoutMagnitudeSamplesAreTrainingRows() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      byte[] drawn =
          sampler.sample(Condition.ofLabel(2), 4, 0, 8, new Controls(Map.of("magnitude", 0.0)));
      String rows = new String(TinyImages.rows(1, 90, 1).values(), "ISO-8859-1");
      for (int i = 0; i < 8; i++) {
        assertThat(rows).contains(new String(drawn, i * 64, 64, "ISO-8859-1"));
      }
    }
  }

  @Test
  void anOperationMayLeaveOutAClassOfTheDataAndNoOther() throws IOException {
    except = ", except: [middle]";
    fit(1, Checkpoints.none());
    except = ", except: [nine]";
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("\"nine\"")
        .hasMessageContaining("top, middle, bottom");
  }
}
