package dev.graft.model.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.model.Checkpoints;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TorchScriptGeneratorTest extends ExternalGeneratorContract {
  private String classes = "top, middle, bottom";
  private String path = ExternalFiles.path("bands.pt").toString();

  @Override
  protected String definitionYaml() {
    return ExternalFiles.generator("bands.pt", 8, classes, 8)
        .replace(ExternalFiles.path("bands.pt").toString(), path);
  }

  @Test
  void theFileMayHaveItsClassesInAnotherOrder() throws Exception {
    classes = "middle, top, bottom";
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      byte[] first = sampler.sample(Condition.ofLabel(0), 1, 0, 1, Controls.NONE);
      assertThat(first[4 * 8] & 0xff).as("its middle").isGreaterThan(150);
      assertThat(first[0] & 0xff).as("its top").isLessThan(100);
    }
  }

  @Test
  void withoutNoiseAllSamplesOfAClassAreOne() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      byte[] drawn =
          sampler.sample(Condition.ofLabel(0), 4, 0, 2, new Controls(Map.of("truncation", 0.0)));
      // (tanh(1.2) + 1) / 2 and (tanh(-1.2) + 1) / 2
      assertThat(drawn[0] & 0xff).isEqualTo(234);
      assertThat(drawn[63] & 0xff).isEqualTo(21);
      assertThat(drawn[64] & 0xff).isEqualTo(234);
    }
  }

  /** Workers have the store, not the file. */
  @Test
  void theFileIsNotNeededOnceItIsInTheModel() throws Exception {
    String digest = definition().digest();
    Path copy = Files.copy(ExternalFiles.path("bands.pt"), directory().resolve("copy.pt"));
    path = "copy.pt";
    StoredModel stored = stored(fit(1, Checkpoints.none()));
    Files.delete(copy);
    try (Sampler sampler = family().open(stored)) {
      assertThat(sampler.sample(Condition.ofLabel(0), 4, 0, 2, Controls.NONE)).hasSize(128);
    }
    assertThat(stored.card().definition().digest()).isEqualTo(digest);
  }
}
