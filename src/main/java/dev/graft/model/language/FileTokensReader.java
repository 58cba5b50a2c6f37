package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.language.BytePairs.Merge;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads {@code tokenizer.json}: byte-level BPE as Hugging Face writes it, its tokens in any order
 * and with special ones among them, or what {@link TokenizerFile} has written. What changes texts
 * otherwise than by splitting them as GPT-2 does is refused.
 */
final class FileTokensReader {
  private static final String BYTES_AND_MERGES = "the 256 bytes and what its merges make of them";

  private final String shownAs;
  private final JsonNode file;
  private final Map<String, Integer> names = new HashMap<>();

  private FileTokensReader(String shownAs, JsonNode file) {
    this.shownAs = shownAs;
    this.file = file;
  }

  /**
   * @param shownAs its place, for messages
   * @param end name of the token that ends a text
   * @throws GraftException (exit 2) when it is of another kind, or damaged
   */
  static FileTokens read(byte[] content, String shownAs, String end) {
    try {
      FileTokensReader reader = new FileTokensReader(shownAs, Json.read(content, JsonNode.class));
      reader.names();
      return reader.file.path("model").path("type").asText().equals(BytePairsFile.TYPE)
          ? reader.bytePairs(end)
          : reader.listed(content, end);
    } catch (UncheckedIOException e) {
      throw new GraftException(
          ExitCode.USAGE, "tokenizer " + shownAs + " is no JSON: " + e.getCause().getMessage(), e);
    }
  }

  private void names() {
    file.path("model")
        .path("vocab")
        .properties()
        .forEach(entry -> names.put(entry.getKey(), entry.getValue().asInt()));
    for (JsonNode added : file.path("added_tokens")) {
      names.put(added.path("content").asText(), added.path("id").asInt());
    }
  }

  private FileTokens listed(byte[] content, String end) {
    Tokens tokens;
    try {
      tokens = TokenizerFile.read(content);
    } catch (GraftException e) {
      throw refused("%s", e.getMessage());
    }
    String[] written = new String[tokens.end()];
    List<String> pieces = ((ListedTokens) tokens).pieces();
    for (int token = 1; token < written.length; token++) {
      written[token] = pieces.get(token - 1);
    }
    written[ListedTokens.UNKNOWN] = file.path("model").path("unk_token").asText();
    return new FileTokens(tokens, written, end, names, false);
  }

  private FileTokens bytePairs(String end) {
    JsonNode model = file.path("model");
    JsonNode splits = file.path("pre_tokenizer");
    only("pre_tokenizer.type", splits.path("type"), BytePairsFile.BYTE_LEVEL);
    only("pre_tokenizer.use_regex", splits.path("use_regex"), "true", "");
    only("normalizer.type", file.path("normalizer").path("type"), "NFC", "");
    only("model.continuing_subword_prefix", model.path("continuing_subword_prefix"), "", "null");
    only("model.end_of_word_suffix", model.path("end_of_word_suffix"), "", "null");
    only("model.byte_fallback", model.path("byte_fallback"), "false", "");
    BytePairs tokens = new BytePairs(merges(model.path("merges")));
    String[] written = new String[tokens.end()];
    for (int token = 0; token < written.length; token++) {
      written[token] = BytePairsFile.name(tokens, token);
    }
    FileTokens read =
        new FileTokens(tokens, written, end, names, splits.path("add_prefix_space").asBoolean());
    refuseOthers(written);
    return read;
  }

  private List<Merge> merges(JsonNode listed) {
    Map<String, Integer> made = new HashMap<>();
    BytePairs bytes = new BytePairs(List.of());
    for (int value = 0; value < BytePairs.BYTES; value++) {
      made.put(BytePairsFile.name(bytes, value), value);
    }
    List<Merge> merges = new ArrayList<>();
    for (JsonNode merge : listed) {
      String left = merge.isArray() ? merge.path(0).asText() : before(merge.asText());
      String right = merge.isArray() ? merge.path(1).asText() : after(merge.asText());
      if (!made.containsKey(left) || !made.containsKey(right) || !names.containsKey(left + right)) {
        throw refused("its merge %s has a token that it does not know", merge);
      }
      merges.add(new Merge(made.get(left), made.get(right)));
      if (made.put(left + right, BytePairs.BYTES + merges.size() - 1) != null) {
        throw refused("its merge %s makes a token that there is already", merge);
      }
    }
    return merges;
  }

  private static String before(String merge) {
    return merge.substring(0, Math.max(0, merge.indexOf(' ')));
  }

  private static String after(String merge) {
    return merge.substring(merge.indexOf(' ') + 1);
  }

  /** Every token is a byte, of a merge, or special. */
  private void refuseOthers(String[] written) {
    Map<String, Integer> others = new HashMap<>(names);
    others.keySet().removeAll(List.of(written));
    file.path("added_tokens").forEach(added -> others.remove(added.path("content").asText()));
    others.keySet().stream()
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw refused(
                  "its token \"%s\" is none of %s, and none of its added_tokens",
                  name, BYTES_AND_MERGES);
            });
  }

  private void only(String key, JsonNode found, String... allowed) {
    if (!List.of(allowed).contains(found.asText())) {
      throw refused("its %s is %s; allowed: %s", key, found, String.join(", ", allowed).strip());
    }
  }

  @FormatMethod
  private GraftException refused(@FormatString String reason, Object... values) {
    return GraftException.usage(
        "tokenizer %s cannot be used: %s", shownAs, String.format(Locale.ROOT, reason, values));
  }
}
