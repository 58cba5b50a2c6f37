package dev.graft.model.encoder;

import ai.onnxruntime.OrtException;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.external.Input;
import dev.graft.model.external.OnnxProgram;
import dev.graft.model.external.Program;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeds texts: the mean of a network's last hidden states over the tokens, of length 1, so that
 * texts of near meaning have a large inner product. Each text is asked for by itself, for a network
 * with 8-bit weights scales its activations by all that a call holds. Thread-safe.
 */
public final class SentenceEncoder implements AutoCloseable {
  /** Those that are open in this process, by choice and threads. */
  private static final Map<Key, Loaded> OPEN = new HashMap<>();

  private final Key key;
  private final WordPieces wordPieces;
  private final Program network;
  private final int width;
  private boolean closed;

  private record Key(EncoderChoice choice, int threads) {}

  private record Loaded(WordPieces wordPieces, Program network, int users) {
    Loaded withUsers(int count) {
      return new Loaded(wordPieces, network, count);
    }
  }

  private SentenceEncoder(Key key, Loaded loaded) {
    this.key = key;
    this.wordPieces = loaded.wordPieces();
    this.network = loaded.network();
    this.width = key.choice().width();
  }

  /**
   * Loads it, once for all that are open at a time; the caller closes it.
   *
   * @throws dev.graft.data.GraftException (exit 3) when its files are not those that are meant
   */
  public static SentenceEncoder open(EncoderChoice choice, Compute compute) {
    Key key = new Key(choice, compute.threads());
    synchronized (OPEN) {
      Loaded loaded = OPEN.containsKey(key) ? OPEN.get(key) : load(choice, compute);
      OPEN.put(key, loaded.withUsers(loaded.users() + 1));
      return new SentenceEncoder(key, loaded);
    }
  }

  private static Loaded load(EncoderChoice choice, Compute compute) {
    try {
      return new Loaded(choice.wordPieces(), OnnxProgram.open(choice.network(), compute), 0);
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
    synchronized (OPEN) {
      if (closed) {
        return;
      }
      closed = true;
      Loaded loaded = OPEN.get(key).withUsers(OPEN.get(key).users() - 1);
      if (loaded.users() > 0) {
        OPEN.put(key, loaded);
      } else {
        OPEN.remove(key);
        network.close();
      }
    }
  }
}
