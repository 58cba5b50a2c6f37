package dev.graft.model.encoder;

import ai.onnxruntime.OrtException;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.external.Input;
import dev.graft.model.external.OnnxProgram;
import dev.graft.model.external.Program;
import java.util.Arrays;
import java.util.List;

/**
 * Embeds texts: the mean of a network's last hidden states over the tokens, of length 1, so that
 * texts of near meaning have a large inner product. Each text is asked for by itself, for a network
 * with 8-bit weights scales its activations by all that a call holds. Thread-safe.
 */
public final class SentenceEncoder implements AutoCloseable {
  private final WordPieces wordPieces;
  private final Program network;
  private final int width;

  private SentenceEncoder(WordPieces wordPieces, Program network, int width) {
    this.wordPieces = wordPieces;
    this.network = network;
    this.width = width;
  }

  /**
   * Loads it; the caller closes it.
   *
   * @throws dev.graft.data.GraftException (exit 3) when its files are not those that are meant
   */
  public static SentenceEncoder open(EncoderChoice choice, Compute compute) {
    try {
      return new SentenceEncoder(
          choice.wordPieces(), OnnxProgram.open(choice.network(), compute), choice.width());
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot open " + choice, e);
    }
  }

  /** Length of an embedding. */
  public int width() {
    return width;
  }

  /** English words that the encoder knows as one token. */
  public List<String> words() {
    return wordPieces.words();
  }

  /** Writes the embedding of a text to {@code out} at {@code offset}, (width). */
  public void encode(String text, float[] out, int offset) {
    long[] tokens = wordPieces.numbers(text, EncoderChoice.MOST_TOKENS);
    long[] mask = new long[tokens.length];
    Arrays.fill(mask, 1);
    float[] states = // (1, T, width)
        network
            .run(
                List.of(
                    Input.Indices.of(tokens, 1),
                    Input.Indices.of(mask, 1),
                    Input.Indices.of(new long[tokens.length], 1)))
            .get(0)
            .values();
    double squares = 0;
    for (int i = 0; i < width; i++) {
      double sum = 0;
      for (int token = 0; token < tokens.length; token++) {
        sum += states[token * width + i];
      }
      out[offset + i] = (float) (sum / tokens.length);
      squares += (double) out[offset + i] * out[offset + i];
    }
    double length = Math.sqrt(squares);
    for (int i = 0; i < width; i++) {
      out[offset + i] = (float) (out[offset + i] / length);
    }
  }

  /** The embeddings of texts, (texts, width). */
  public float[] encode(List<String> texts) {
    float[] embeddings = new float[texts.size() * width];
    for (int i = 0; i < texts.size(); i++) {
      encode(texts.get(i), embeddings, i * width);
    }
    return embeddings;
  }

  @Override
  public void close() {
    network.close();
  }
}
