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
  void wordsThatAreNeverSharedAreABitApart() throws MetricUndefined {
    Metric metric = new VocabularyDivergence();
    assertThat(of(metric, List.of("a b", "B c"), List.of("b a", "c b"))).isZero();
    assertThat(of(metric, List.of("a b", "a"), List.of("c", "d d"))).isEqualTo(1);
    // p = (2/3, 1/3, 0), q = (1/3, 1/3, 1/3): H(1/2, 1/3, 1/6) - (H(p) + log2 3) / 2.
    double middle = (Math.log(2) / 2 + Math.log(3) / 3 + Math.log(6) / 6) / Math.log(2);
    double first = Math.log(3) / Math.log(2) - 2.0 / 3;
    assertThat(of(metric, List.of("a a", "b"), List.of("a b", "c")))
        .isCloseTo(middle - (first + Math.log(3) / Math.log(2)) / 2, within(1e-12));
    assertThatThrownBy(() -> of(metric, List.of(" ", ""), List.of("a", "b")))
        .isInstanceOf(MetricUndefined.class)
        .hasMessage("a side has no words");
  }

  @Test
  void perplexityIsThatOfTheFormula() throws IOException, MetricUndefined {
    List<String> texts =
        new String(resource("texts.txt"), StandardCharsets.UTF_8).replace("'", "").lines().toList();
    double golden = Json.read(resource("golden.json"), JsonNode.class).get("perplexity").asDouble();
    assertThat(of(new Perplexity(), texts.subList(5, 8), texts.subList(0, 5)))
        .isCloseTo(golden, within(1e-6));
    assertThat(of(new Perplexity(), List.of("please wake me", "at seven"), texts))
        .isLessThan(of(new Perplexity(), List.of("esaelp ekaw em", "ta neves"), texts) - 1);
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
