package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.external.ChecksummedFile;
import dev.graft.model.external.Input;
import dev.graft.model.external.KnownClasses;
import dev.graft.model.external.ModelFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * The {@code architecture} section of a language model from a file: the file, its tokenizer, and
 * the file's signature.
 *
 * @param inputs in the file's order: {@code tokens}, {@code mask}, {@code positions} of 64-bit
 *     integers (B, T), {@code label} of those (B)
 * @param label how the file is told the class; null for not at all
 * @param begin special tokens before each text
 * @param end token that ends one
 * @param maxTokens most tokens of a text, the end among them
 */
record TextExternalArchitecture(
    ModelFile file,
    Tokenizer tokenizer,
    List<String> inputs,
    Label label,
    List<String> begin,
    String end,
    int maxTokens) {
  private static final String LABEL = "label";

  record Tokenizer(String path, String sha256) {}

  /**
   * @param as {@code index}, the input {@code label}; or {@code token}, a special one after those
   *     that begin a text
   * @param classes of {@code index}: names in the file's order
   * @param tokens of {@code token}: special token of each class
   */
  record Label(String as, List<String> classes, Map<String, String> tokens) {
    boolean isIndex() {
      return as.equals("index");
    }

    List<String> names() {
      return isIndex() ? classes : List.copyOf(tokens.keySet());
    }
  }

  static TextExternalArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, TextExternalArchitecture.class);
  }

  ChecksummedFile tokenizerFile() {
    return new ChecksummedFile(
        "tokenizer", "architecture.tokenizer", tokenizer.path, tokenizer.sha256);
  }

  /**
   * The tokens of the tokenizer's content.
   *
   * @throws GraftException (exit 2) when they are of another kind or do not have the special ones
   */
  FileTokens tokens(byte[] content) {
    FileTokens tokens = FileTokensReader.read(content, tokenizer.path, end);
    beginnings(tokens);
    return tokens;
  }

  /**
   * @throws GraftException (exit 2) when the signature contradicts itself or does not suit the data
   */
  void check(DatasetSchema schema) {
    checkLabel();
    if (begin.isEmpty() && (label == null || label.isIndex())) {
      throw GraftException.usage(
          "architecture.begin is empty, but the model file needs a token to begin from; give one"
              + " such as %s",
          end);
    }
    if (label == null && schema.classes().size() > 1) {
      throw GraftException.usage(
          "the model file takes no label, but the data has the classes %s; declare"
              + " architecture.label, or take a file that draws by class",
          String.join(", ", schema.classes()));
    }
    if (label != null) {
      new KnownClasses(label.names()).check(schema);
    }
  }

  private void checkLabel() {
    boolean input = label != null && label.isIndex();
    if (inputs.contains(LABEL) != input || !inputs.contains("tokens")) {
      throw GraftException.usage(
          "architecture.inputs are %s; allowed: tokens, and label where architecture.label is as"
              + " index and only there",
          String.join(", ", inputs));
    }
    if (label != null
        && ((label.classes == null) == label.isIndex()
            || (label.tokens == null) != label.isIndex())) {
      throw GraftException.usage(
          "architecture.label is as %s; allowed with it: %s",
          label.as, label.isIndex() ? "classes alone" : "tokens alone, a special token per class");
    }
  }

  /**
   * The file's number of each class of the data, whose rows are all of one class where there are no
   * classes.
   *
   * @throws GraftException (exit 2) when the data has no classes and the file wants one
   */
  int[] numbers(DatasetSchema schema) {
    if (label == null) {
      return new int[1];
    }
    if (schema.classes().isEmpty()) {
      throw GraftException.usage(
          "the model file takes a label, one of %s, but the data has no classes",
          String.join(", ", label.names()));
    }
    return new KnownClasses(label.names()).numbers(schema);
  }

  /** Codes before a text of each class, by the file's number of the class; one for no label. */
  long[][] beginnings(FileTokens tokens) {
    long[] common =
        begin.stream().mapToLong(name -> tokens.special(name, "architecture.begin")).toArray();
    if (label == null || label.isIndex()) {
      long[][] all = new long[label == null ? 1 : label.classes.size()][];
      Arrays.fill(all, common);
      return all;
    }
    return label.tokens.values().stream()
        .map(
            name -> {
              long[] all = Arrays.copyOf(common, common.length + 1);
              all[common.length] = tokens.special(name, "architecture.label.tokens");
              return all;
            })
        .toArray(long[][]::new);
  }

  /**
   * A call for the next token.
   *
   * @param codes so far, (B, T)
   * @param numbers the file's number of each row's class, (B)
   */
  List<Input> inputs(long[] codes, int[] numbers) {
    int rows = numbers.length;
    int length = codes.length / rows;
    List<Input> given = new ArrayList<>();
    for (String input : inputs) {
      given.add(
          switch (input) {
            case LABEL -> new Input.Indices(Arrays.stream(numbers).asLongStream().toArray());
            case "mask" -> Input.Indices.of(all(codes.length, at -> 1), rows);
            case "positions" -> Input.Indices.of(all(codes.length, at -> at % length), rows);
            default -> Input.Indices.of(codes, rows);
          });
    }
    return given;
  }

  private static long[] all(int size, IntToLongFunction value) {
    return IntStream.range(0, size).mapToLong(value).toArray();
  }
}
