package dev.graft.modality.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * English words that can stand for each other in everyday requests and messages: the resource
 * {@code synonyms-en.txt}, one group on a line. Words of other languages have none.
 */
final class Synonyms {
  private static final String RESOURCE = "/dev/graft/modality/text/synonyms-en.txt";
  private static final Map<String, List<String>> OF = load();

  private Synonyms() {}

  /** The other words of a word's group, in the order of the list; empty for an unknown word. */
  static List<String> of(String word) {
    return OF.getOrDefault(word.toLowerCase(Locale.ROOT), List.of());
  }

  private static Map<String, List<String>> load() {
    Map<String, List<String>> synonyms = new HashMap<>();
    try (InputStream in = Synonyms.class.getResourceAsStream(RESOURCE)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.split("\n")) {
        List<String> group = line.startsWith("#") ? List.of() : Arrays.asList(line.split(", *"));
        for (String word : group) {
          synonyms.put(word, group.stream().filter(other -> !other.equals(word)).toList());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(synonyms);
  }
}
