package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link ListedTokens} in {@link TokenizerFile}: texts are split, and each piece is looked up. */
final class ListedTokensFile {
  static final String TYPE = "WordLevel";

  private static final String UNKNOWN = "<|unknown|>";

  private ListedTokensFile() {}

  static void write(ListedTokens tokens, ObjectNode file) {
    ObjectNode split = file.putObject("pre_tokenizer");
    split.put("type", "Split").putObject("pattern").put("Regex", pattern(tokens.level()));
    split.put("behavior", "Isolated").put("invert", false);
    file.putNull("post_processor");
    file.putObject("decoder").put("type", "Fuse");
    ObjectNode model = file.putObject("model");
    model.put("type", TYPE);
    ObjectNode vocabulary = model.putObject("vocab");
    vocabulary.put(UNKNOWN, ListedTokens.UNKNOWN);
    for (String piece : tokens.pieces()) {
      vocabulary.put(piece, vocabulary.size());
    }
    vocabulary.put(TokenizerFile.END, tokens.end());
    model.put("unk_token", UNKNOWN);
  }

  private static String pattern(TokenLevel level) {
    return level.pieces().pattern();
  }

  static ListedTokens read(JsonNode file) {
    JsonNode pattern = file.path("pre_tokenizer").path("pattern").path("Regex");
    TokenLevel level =
        Arrays.stream(TokenLevel.values())
            .filter(known -> known != TokenLevel.BYTE_PAIRS)
            .filter(known -> pattern(known).equals(pattern.asText()))
            .findFirst()
            .orElseThrow(
                () ->
                    GraftException.input(
                        "the tokenizer splits texts by %s; allowed: %s or %s",
                        pattern, pattern(TokenLevel.WORDS), pattern(TokenLevel.CHARACTERS)));
    List<String> names = new ArrayList<>();
    file.path("model").path("vocab").fieldNames().forEachRemaining(names::add);
    boolean whole =
        names.size() >= ListedTokens.SPECIAL
            && names.get(0).equals(UNKNOWN)
            && names.get(names.size() - 1).equals(TokenizerFile.END);
    if (!whole) {
      throw GraftException.input(
          "the tokenizer's vocabulary has %d tokens; allowed: %s first, then the pieces, %s last",
          names.size(), UNKNOWN, TokenizerFile.END);
    }
    return new ListedTokens(level, names.subList(1, names.size() - 1));
  }
}
