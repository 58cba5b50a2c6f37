package dev.graft.model.chat;

import com.google.common.base.Joiner;
import com.google.common.base.Splitter;
import dev.graft.model.DefinitionReader;
import dev.graft.model.ModelDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Definitions that ask a fake service; {@code architecture} stands last. */
public final class ChatDefinitions {
  private ChatDefinitions() {}

  /**
   * Of the family {@code text-chat}, with a key that every environment has.
   *
   * @param calls keys of {@code service.calls} that replace the tests' own, such as {@code tries:
   *     1}
   */
  public static String chat(String url, int texts, String calls) {
    return String.format(
        Locale.ROOT,
        """
        family: text-chat
        compute: {batch: 8}
        training: {rows-per-class: 12}
        architecture:
          service: %s
          texts: %d
          examples: 4
          prompt:
            system: You write.
            user: |
              Texts of the class "{class}":
              {examples}

              Write {count} more.
        """,
        service(url, calls),
        texts);
  }

  /** Of the family {@code back-translation}. */
  public static String backTranslation(String url, String calls) {
    return String.format(
        Locale.ROOT,
        """
        family: back-translation
        compute: {batch: 8}
        architecture:
          service: %s
          language: English
          pivots: [French, German]
          there: {user: "Translate from {language} to {pivot}\\n{text}"}
          home: {user: "Translate from {pivot} to {language}\\n{text}"}
        """,
        service(url, calls));
  }

  private static String service(String url, String calls) {
    Map<String, String> all = new TreeMap<>();
    all.putAll(Map.of("concurrency", "8", "time-out", "60", "tries", "12", "back-off", "0.01"));
    if (!calls.isEmpty()) {
      all.putAll(Splitter.on(", ").withKeyValueSeparator(": ").split(calls));
    }
    return String.format(
        Locale.ROOT,
        "{url: \"%s\", model: fake, key: HOME, price: {prompt: 1, completion: 2, currency: EUR},"
            + " calls: {%s}}",
        url,
        Joiner.on(", ").withKeyValueSeparator(": ").join(all));
  }

  public static ModelDefinition read(Path directory, String yaml) throws IOException {
    return DefinitionReader.read(Files.writeString(directory.resolve("chat.yaml"), yaml));
  }
}
