package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.TorchEngine;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LanguageNetworkTest {
  private static final int CODES = 7;
  private static final int[] LABELS = {0, 2, 1};
  private static final int[][] TOKENS = {{1, 2, 3, 4}, {5, 6}, {3, 3, 3}};
  private static final int[] STARTS = {0, 4, 6};
  private static final int LONGEST = 4;

  @Test
  void aTransformerReadsTokenByTokenAsAtOnce() {
    readsAsAtOnce(new TextTransformerFamily());
  }

  @Test
  void aRecurrentNetworkReadsTokenByTokenAsAtOnce() {
    readsAsAtOnce(new TextRecurrentFamily());
  }

  private static void readsAsAtOnce(LanguageFamily family) {
    JsonNode architecture =
        Json.read(
            "{\"max-tokens\": 5, \"width\": 8, \"layers\": 2, \"heads\": 2}"
                .getBytes(StandardCharsets.UTF_8),
            JsonNode.class);
    LanguageNetwork network = family.network(architecture, CODES, 3);
    try (NDManager manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
        GradMode off = GradMode.off()) {
      ParameterSet weights = new ParameterSet(manager);
      network.declare(weights, 4);
      float[] atOnce =
          network.apply(weights, manager, TOKENS, LABELS, Dropout.none()).toFloatArray();
      LanguageNetwork.Reading reading =
          network.reading(weights, manager, ClassMixture.unmixed(LABELS));
      for (int position = 0; position < LONGEST; position++) {
        long[] before = new long[LABELS.length];
        for (int row = 0; row < before.length && position > 0; row++) {
          before[row] = position <= TOKENS[row].length ? TOKENS[row][position - 1] : 0;
        }
        float[] logits =
            (position == 0 ? reading.first() : reading.next(before, position)).toFloatArray();
        for (int row = 0; row < LABELS.length; row++) {
          for (int code = 0; position < TOKENS[row].length && code < CODES; code++) {
            assertThat(logits[row * CODES + code])
                .isCloseTo(atOnce[(STARTS[row] + position) * CODES + code], within(1e-5f));
          }
        }
      }
      assertThat(atOnce[0]).isNotEqualTo(atOnce[STARTS[1] * CODES]);
    }
  }
}
