package dev.graft.cli.init;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which columns hold text and class.
 *
 * @param text the one that is named so, else the one with the longest values
 * @param label the one that is named so, else the one with the fewest different values
 */
record RecordColumns(String text, String label) {
  private static final Pattern LABEL =
      Pattern.compile(
          "label|intent|class|category|target|topic|sentiment", Pattern.CASE_INSENSITIVE);
  private static final Pattern TEXT =
      Pattern.compile(
          "text|utterance|sentence|message|question|query|content|body", Pattern.CASE_INSENSITIVE);
  private static final int MOST_CLASSES = 1000;
  private static final int ROWS_TO_CHOOSE_BY = 2000;

  static Optional<RecordColumns> of(RecordTable table) throws IOException {
    Map<String, Set<String>> values = new LinkedHashMap<>();
    Map<String, Long> lengths = new HashMap<>();
    int[] rows = new int[1];
    table.forEach(
        ROWS_TO_CHOOSE_BY,
        fields -> {
          rows[0]++;
          fields.forEach(
              (name, value) -> {
                values.computeIfAbsent(name, any -> new HashSet<>()).add(value);
                lengths.merge(name, (long) value.length(), Long::sum);
              });
        });
    List<String> classes =
        values.keySet().stream()
            .filter(name -> values.get(name).size() >= 2)
            .filter(name -> values.get(name).size() <= Math.min(MOST_CLASSES, rows[0] / 2))
            .toList();
    Optional<String> label =
        named(classes, LABEL)
            .or(() -> classes.stream().min((a, b) -> values.get(a).size() - values.get(b).size()));
    if (label.isEmpty()) {
      return Optional.empty();
    }
    List<String> others = new ArrayList<>(values.keySet());
    others.remove(label.get());
    return named(others, TEXT)
        .or(() -> others.stream().max((a, b) -> Long.compare(lengths.get(a), lengths.get(b))))
        .map(text -> new RecordColumns(text, label.get()));
  }

  private static Optional<String> named(List<String> names, Pattern pattern) {
    return names.stream().filter(name -> pattern.matcher(name).matches()).findFirst();
  }

  /** Whether no value of the first line comes again in its column. */
  static boolean isHeader(RecordTable bare) throws IOException {
    List<Map<String, String>> records = new ArrayList<>();
    bare.forEach(ROWS_TO_CHOOSE_BY, records::add);
    return !records.isEmpty()
        && records.get(0).entrySet().stream()
            .noneMatch(
                field ->
                    records.stream()
                        .skip(1)
                        .anyMatch(r -> field.getValue().equals(r.get(field.getKey()))));
  }
}
