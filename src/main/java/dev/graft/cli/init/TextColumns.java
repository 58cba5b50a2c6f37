package dev.graft.cli.init;

import dev.graft.modality.text.TextParts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns hold text and class.
 *
 * @param texts two where rows are pairs: columns of names that are known as a pair's, or else the
 *     only two of sentences; otherwise the one that is named so, or the one with the longest values
 * @param label the one that is named so, else the one with the fewest different values
 */
record TextColumns(List<String> texts, String label) {
  /** Records that the choice is made by. */
  static final int ROWS_TO_CHOOSE_BY = 2000;

  private static final Pattern LABEL =
      Pattern.compile(
          "(gold[_-]?)?label|intent|class|category|target|topic|sentiment",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXT =
      Pattern.compile(
          "text|utterance|sentence|message|question|query|content|body", Pattern.CASE_INSENSITIVE);
  private static final List<List<String>> PAIRS =
      List.of(
          List.of("sentence1", "sentence2"),
          List.of("premise", "hypothesis"),
          List.of("source", "target"),
          List.of("text1", "text2"),
          List.of("question1", "question2"),
          List.of("question", "answer"),
          List.of("query", "passage"));

  /** Sentences of which one is so many times as long as the other are no pair. */
  private static final double UNEVEN = 4;

  private static final List<String> PLAIN_PARTS = List.of("first", "second");

  TextColumns {
    texts = List.copyOf(texts);
  }

  /** Columns of which more and more is seen. */
  static final class Choice {
    private final Map<String, ColumnValues> columns = new LinkedHashMap<>();
    private long records;

    /** Takes one record, value by column. */
    void add(Map<String, String> record) {
      records++;
      record.forEach(
          (name, value) -> columns.computeIfAbsent(name, any -> new ColumnValues()).add(value));
    }

    /** Empty where there are not both. */
    Optional<TextColumns> columns() {
      List<String> classes =
          columns.keySet().stream().filter(name -> columns.get(name).classes(records)).toList();
      List<String> names = classes.stream().filter(name -> !columns.get(name).sentences()).toList();
      return named(names, LABEL)
          .or(() -> named(classes, LABEL))
          .or(
              () ->
                  classes.stream()
                      .min(
                          (a, b) ->
                              Integer.compare(
                                  columns.get(a).different(), columns.get(b).different())))
          .flatMap(this::columns);
    }

    /** Where the label's column is known. */
    Optional<TextColumns> columns(String label) {
      List<String> others =
          columns.keySet().stream()
              .filter(name -> !name.equals(label) && columns.get(name).hasLetters())
              .toList();
      return pair(others)
          .or(() -> named(others, TEXT).map(List::of))
          .or(
              () ->
                  others.stream()
                      .max(
                          (a, b) ->
                              Double.compare(columns.get(a).length(), columns.get(b).length()))
                      .map(List::of))
          .map(texts -> new TextColumns(texts, label));
    }

    private Optional<List<String>> pair(List<String> names) {
      List<String> sentences =
          names.stream().filter(name -> columns.get(name).sentences()).toList();
      for (List<String> known : PAIRS) {
        List<String> pair =
            sentences.stream()
                .filter(name -> known.contains(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (pair.size() == 2) {
          return Optional.of(pair);
        }
      }
      if (sentences.size() != 2) {
        return Optional.empty();
      }
      double one = columns.get(sentences.get(0)).length();
      double other = columns.get(sentences.get(1)).length();
      return one <= UNEVEN * other && other <= UNEVEN * one
          ? Optional.of(sentences)
          : Optional.empty();
    }
  }

  /** Names for the parts of a pair: its columns' own where those will do; none for single texts. */
  List<String> parts() {
    if (texts.size() == 1) {
      return List.of();
    }
    Set<String> different = new HashSet<>();
    boolean own =
        texts.stream()
            .allMatch(
                name -> TextParts.allowed(name) && different.add(name.toLowerCase(Locale.ROOT)));
    return own ? texts : PLAIN_PARTS;
  }

  private static Optional<String> named(List<String> names, Pattern pattern) {
    return names.stream().filter(name -> pattern.matcher(name).matches()).findFirst();
  }
}
