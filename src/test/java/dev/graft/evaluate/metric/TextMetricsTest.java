package dev.graft.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.StoredRows;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** By hand, and self-BLEU as NLTK has it (src/test/python/golden_texts.py). */
class TextMetricsTest {
  private static final String GOLDEN = "/dev/graft/model/language/";

  private static double of(Metric metric, List<String> synthetic, List<String> real)
      throws MetricUndefined {
    return metric.compute(
        new MetricInput(
            new double[real.size()],
            new double[synthetic.size()],
            1,
            1,
            Optional.of(StoredRows.ofTexts(synthetic, real))));
  }

  @Test
  void distinctPairsOfWords() throws MetricUndefined {
    // the cat, cat sat | the cat, cat ran: 3 of 4.
    assertThat(of(new DistinctBigrams(), List.of("The cat sat", "the cat ran"), List.of("a", "b")))
        .isEqualTo(0.75);
  }

  @Test
  void newRunsOfWords() throws MetricUndefined {
    // the cat sat is known, cat sat down and sat down here are new.
    assertThat(
            of(
                new NewTrigrams(),
                List.of("the cat sat down here", "oh"),
                List.of("so the cat sat", "and sat down")))
        .isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void lengthsThatNeverMeetAreABitApart() throws MetricUndefined {
    List<String> two = List.of("a b", "c d");
    assertThat(of(new LengthDivergence(), two, List.of("x y", "z w"))).isZero();
    assertThat(of(new LengthDivergence(), two, List.of("x", "y"))).isEqualTo(1);
    // p = (1, 0), q = (1/2, 1/2): H(3/4, 1/4) - 1/2.
    double entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) / Math.log(2);
    assertThat(of(new LengthDivergence(), two, List.of("x y", "z")))
        .isCloseTo(entropy - 0.5, within(1e-12));
  }

  @Test
  void selfBleuIsThatOfNltk() throws IOException, MetricUndefined {
    List<String> texts =
        new String(resource("texts.txt"), StandardCharsets.UTF_8).replace("'", "").lines().toList();
    JsonNode golden = Json.read(resource("golden.json"), JsonNode.class);
    assertThat(of(new SelfBleu(), texts, texts))
        .isCloseTo(golden.get("self-bleu").doubleValue(), within(1e-9));
    assertThat(of(new SelfBleu(), texts.subList(0, 3), texts))
        .isCloseTo(golden.get("self-bleu-of-three").doubleValue(), within(1e-9));
    assertThat(of(new SelfBleu(), List.of("a b c d e", "a b c d e"), texts)).isEqualTo(1);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TextMetricsTest.class.getResourceAsStream(GOLDEN + name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void imagesHaveNoWords() {
    MetricInput images = new MetricInput(new double[9], new double[9], 1, 1);
    assertThatThrownBy(() -> new DistinctBigrams().compute(images))
        .isInstanceOf(MetricUndefined.class)
        .hasMessage("the rows are no texts");
  }
}
