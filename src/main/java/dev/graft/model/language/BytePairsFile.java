package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.model.language.BytePairs.Merge;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link BytePairs} in {@link TokenizerFile}: a byte-level BPE without unknown tokens. Bytes are
 * written as printable characters, as GPT-2 does.
 */
final class BytePairsFile {
  static final String TYPE = "BPE";

  static final String BYTE_LEVEL = "ByteLevel";
  private static final char[] CHARACTERS = characters();

  private BytePairsFile() {}

  static void write(BytePairs tokens, ObjectNode file) {
    byteLevel(file.putObject("pre_tokenizer"));
    file.putNull("post_processor");
    byteLevel(file.putObject("decoder"));
    ObjectNode model = file.putObject("model");
    model.put("type", TYPE).putNull("dropout").putNull("unk_token");
    model.putNull("continuing_subword_prefix").putNull("end_of_word_suffix");
    model.put("fuse_unk", false).put("byte_fallback", false).put("ignore_merges", false);
    ObjectNode vocabulary = model.putObject("vocab");
    for (int token = 0; token < tokens.end(); token++) {
      vocabulary.put(name(tokens, token), token);
    }
    vocabulary.put(TokenizerFile.END, tokens.end());
    ArrayNode merges = model.putArray("merges");
    for (Merge merge : tokens.merges()) {
      merges.add(name(tokens, merge.left()) + " " + name(tokens, merge.right()));
    }
  }

  private static void byteLevel(ObjectNode node) {
    node.put("type", BYTE_LEVEL).put("add_prefix_space", false);
    node.put("trim_offsets", true).put("use_regex", true);
  }

  static BytePairs read(JsonNode file) {
    JsonNode model = file.path("model");
    if (!file.path("pre_tokenizer").path("type").asText().equals(BYTE_LEVEL)) {
      throw GraftException.input(
          "the tokenizer is of type %s with the pre-tokenizer %s; allowed: %s",
          TYPE, file.path("pre_tokenizer").path("type"), BYTE_LEVEL);
    }
    JsonNode vocabulary = model.path("vocab");
    List<Merge> merges = new ArrayList<>();
    for (JsonNode merge : model.path("merges")) {
      String[] names = merge.asText().split(" ");
      merges.add(new Merge(vocabulary.path(names[0]).asInt(), vocabulary.path(names[1]).asInt()));
    }
    BytePairs tokens = new BytePairs(merges);
    if (vocabulary.size() != tokens.size()) {
      throw GraftException.input(
          "the tokenizer has %d tokens for %d merges; allowed: %d, the bytes first and the end last",
          vocabulary.size(), merges.size(), tokens.size());
    }
    return tokens;
  }

  static String name(BytePairs tokens, int token) {
    StringBuilder name = new StringBuilder();
    for (byte value : tokens.bytes(token)) {
      name.append(CHARACTERS[value & 0xFF]);
    }
    return name.toString();
  }

  /** Printable characters of Latin-1 for themselves, U+0100 and on for the other bytes. */
  private static char[] characters() {
    char[] characters = new char[BytePairs.BYTES];
    char next = '\u0100';
    for (int value = 0; value < characters.length; value++) {
      boolean printable =
          value >= '!' && value <= '~' || value >= 0xA1 && value <= 0xAC || value >= 0xAE;
      characters[value] = printable ? (char) value : next++;
    }
    return characters;
  }
}
