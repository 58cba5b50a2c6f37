package dev.graft.model.classical;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.google.common.io.Resources;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.classical.NearWords.Near;
import dev.graft.model.encoder.EncoderChoice;
import dev.graft.model.encoder.SentenceEncoder;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.TorchEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds near words among those that a sentence encoder knows as one token. Words that hold a
 * sentence together ({@code function-words-en.txt}) neither have near ones nor are any, nor have
 * words with letters beyond a to z.
 */
final class NearWordsSearch {
  private static final String FUNCTION_WORDS = "function-words-en.txt";
  private static final Pattern ENGLISH = Pattern.compile("[a-z]+");
  private static final double PRECISION = 1e4;
  private static final int BLOCK = 256;

  /** Of each encoder once in a process: some ten thousand embeddings. */
  private static final Map<EncoderChoice, Vocabulary> VOCABULARIES = new ConcurrentHashMap<>();

  private final NearWordsArchitecture architecture;
  private final Compute compute;
  private final Set<String> functionWords = functionWords();

  NearWordsSearch(NearWordsArchitecture architecture, Compute compute) {
    this.architecture = architecture;
    this.compute = compute;
  }

  /**
   * @param words in lower case and embeddings, (words, width)
   */
  private record Vocabulary(List<String> words, float[] embeddings) {}

  private static Set<String> functionWords() {
    try {
      return Resources.readLines(
              Resources.getResource(NearWordsSearch.class, FUNCTION_WORDS), StandardCharsets.UTF_8)
          .stream()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> List.of(line.split(" ")).stream())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The near words of all words in texts. */
  NearWords of(List<String> texts) {
    List<String> words =
        texts.stream()
            .flatMap(text -> List.of(text.split("\\s+")).stream())
            .map(NearWords::core)
            .filter(word -> ENGLISH.matcher(word).matches() && !functionWords.contains(word))
            .distinct()
            .sorted()
            .toList();
    Map<String, List<Near>> near = new HashMap<>();
    try (SentenceEncoder encoder = SentenceEncoder.open(architecture.encoder(), compute);
        NDManager manager = TorchEngine.newManager(compute);
        GradMode off = GradMode.off()) {
      Vocabulary known =
          VOCABULARIES.computeIfAbsent(architecture.encoder(), choice -> vocabulary(encoder));
      int width = encoder.width();
      NDArray embeddings = // (width, vocabulary)
          manager.create(known.embeddings(), new Shape(known.words().size(), width)).transpose();
      for (int start = 0; start < words.size(); start += BLOCK) {
        List<String> block = words.subList(start, Math.min(words.size(), start + BLOCK));
        try (NDManager scope = manager.newSubManager()) {
          NDArray asked = scope.create(encoder.encode(block), new Shape(block.size(), width));
          float[] cosines = asked.matMul(embeddings).toFloatArray(); // (block, vocabulary)
          for (int i = 0; i < block.size(); i++) {
            near.put(block.get(i), nearest(block.get(i), known.words(), cosines, i));
          }
        }
      }
    }
    return new NearWords(near);
  }

  private Vocabulary vocabulary(SentenceEncoder encoder) {
    List<String> words =
        encoder.words().stream().filter(word -> !functionWords.contains(word)).toList();
    return new Vocabulary(words, encoder.encode(words));
  }

  private List<Near> nearest(String word, List<String> known, float[] cosines, int row) {
    List<Near> near = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      double cosine = Math.rint(cosines[row * known.size() + i] * PRECISION) / PRECISION;
      if (cosine >= architecture.closeness() && !known.get(i).equals(word)) {
        near.add(new Near(known.get(i), cosine));
      }
    }
    near.sort(Comparator.comparing(Near::cosine).reversed().thenComparing(Near::word));
    return List.copyOf(near.subList(0, Math.min(near.size(), architecture.near())));
  }
}
