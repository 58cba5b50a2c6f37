package dev.graft.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.model.ModelDefinition.Compute;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Golden numbers of ONNX Runtime and the library {@code tokenizers} in Python, with the same files.
 */
class SentenceEncoderTest {
  private static final EncoderChoice CHOICE = EncoderChoice.ALL_MINILM_L6_V2;
  private static final Compute COMPUTE = new Compute(1, 8, "default");

  @Test
  void textsAreCutIntoTheReferencesPieces() {
    WordPieces pieces = CHOICE.wordPieces();
    assertThat(pieces.numbers("what's the exchange rate for 20 US dollars, please?", 128))
        .containsExactly(
            101, 2054, 1005, 1055, 1996, 3863, 3446, 2005, 2322, 2149, 6363, 1010, 3531, 1029, 102);
    assertThat(pieces.numbers("Caf\u00e9 \u00fcber na\u00efve \u00c5NGSTR\u00d6M", 128))
        .containsExactly(101, 7668, 19169, 15743, 17076, 15687, 102);
    assertThat(
            pieces.numbers(
                "\u65e5\u672c\u8a9e text \u2014 with \u201cquotes\u201d & emoji \ud83d\ude00!",
                128))
        .containsExactly(
            101, 1864, 1876, 1950, 3793, 1517, 2007, 1523, 16614, 1524, 1004, 7861, 29147, 2072,
            100, 999, 102);
    assertThat(pieces.numbers("freeze my acct #1234-5678 (asap)", 128))
        .containsExactly(
            101, 13184, 2026, 16222, 2102, 1001, 13138, 2549, 1011, 5179, 2581, 2620, 1006, 17306,
            2361, 1007, 102);
    assertThat(pieces.numbers("", 128)).containsExactly(101, 102);
    assertThat(pieces.numbers("freeze my acct", 4)).containsExactly(101, 13184, 2026, 102);
  }

  @Test
  void embeddingsAreTheReferences() {
    try (SentenceEncoder encoder = SentenceEncoder.open(CHOICE, COMPUTE)) {
      float[] embeddings =
          encoder.encode(
              List.of("what's the exchange rate for 20 US dollars, please?", "", "freeze it"));
      assertThat(embeddings).hasSize(3 * 384);
      assertThat(embeddings[0]).isCloseTo(0.04444f, within(2e-3f));
      assertThat(embeddings[1]).isCloseTo(-0.0253f, within(2e-3f));
      assertThat(embeddings[384]).isCloseTo(-0.09369f, within(2e-3f));
      double squares = 0;
      for (int i = 0; i < 384; i++) {
        squares += (double) embeddings[i] * embeddings[i];
      }
      assertThat(squares).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void meaningCountsAndNotLetters() {
    try (SentenceEncoder encoder = SentenceEncoder.open(CHOICE, COMPUTE)) {
      float[] e =
          encoder.encode(
              List.of(
                  "please block my card at once",
                  "i need my account frozen right now",
                  "please book my car at once"));
      assertThat(cosine(e, 0, 1)).isGreaterThan(cosine(e, 0, 2));
    }
  }

  private static double cosine(float[] embeddings, int one, int other) {
    double sum = 0;
    for (int i = 0; i < 384; i++) {
      sum += (double) embeddings[one * 384 + i] * embeddings[other * 384 + i];
    }
    return sum;
  }

  @Test
  void knowsSomeTenThousandWords() {
    assertThat(CHOICE.wordPieces().words())
        .hasSize(21_719)
        .contains("luggage", "vaccine")
        .allMatch(word -> word.matches("[a-z]{2,}"));
  }
}
