package dev.graft.model.encoder;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import com.google.common.io.Resources;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;

/**
 * The sentence encoders that come with Graft: files in its class path. A name means the very files
 * whose SHA-256 is here for good, for it is all that definitions and keys of results hold: other
 * files take another name.
 */
public enum EncoderChoice {
  /**
   * all-MiniLM-L6-v2 with 8-bit weights: 6 layers, 22 million parameters, English, distilled (Wang
   * et al. 2020, "MiniLM", https://arxiv.org/abs/2002.10957) and trained on a billion pairs of
   * sentences (Reimers &amp; Gurevych 2019, "Sentence-BERT", https://arxiv.org/abs/1908.10084).
   */
  @JsonProperty("all-minilm-l6-v2")
  ALL_MINILM_L6_V2(
      "all-minilm-l6-v2-q",
      384,
      "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
      "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0");

  /** Tokens of a text that an encoder reads, those at its ends included; the rest is cut off. */
  static final int MOST_TOKENS = 128;

  private final String resource;
  private final int width;
  private final String networkHash;
  private final String tokenizerHash;

  EncoderChoice(String resource, int width, String networkHash, String tokenizerHash) {
    this.resource = resource;
    this.width = width;
    this.networkHash = networkHash;
    this.tokenizerHash = tokenizerHash;
  }

  /** Length of an embedding. */
  public int width() {
    return width;
  }

  /**
   * The ONNX graph: tokens, mask and types, (B, T) each, to the last hidden states (B, T, width).
   */
  byte[] network() {
    return content(resource + ".onnx", networkHash);
  }

  WordPieces wordPieces() {
    byte[] content = content(resource + "-tokenizer.json", tokenizerHash);
    return WordPieces.of(Json.read(content, JsonNode.class).path("model").path("vocab"));
  }

  private static byte[] content(String name, String hash) {
    try {
      URL url = Resources.getResource(EncoderChoice.class, "/" + name);
      byte[] content = Resources.toByteArray(url);
      String found = Hashing.sha256().hashBytes(content).toString();
      if (!found.equals(hash)) {
        throw wrong(name, "has the SHA-256 " + found + ", not " + hash, null);
      }
      return content;
    } catch (IllegalArgumentException e) {
      throw wrong(name, "is not in the class path", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraftException wrong(String name, String reason, Exception cause) {
    return new GraftException(
        ExitCode.INPUT,
        name
            + ", a file of a sentence encoder, "
            + reason
            + "; take Graft's own release, or its dependencies as its pom.xml has them",
        cause);
  }
}
