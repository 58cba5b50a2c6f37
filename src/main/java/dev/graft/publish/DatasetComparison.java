package dev.graft.publish;

import dev.graft.data.parquet.DatasetDigest;
import dev.graft.publish.Manifest.ManifestColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs between two dataset folders. Order of rows, number of files and run ids do not
 * count.
 *
 * @param first one folder
 * @param second the other
 * @param same whether their content digests are equal
 * @param schema differences of columns, types and classes, one line each
 * @param parts differing row counts by part and class, as {@code (first, second)}
 * @param columns columns and fields of {@code _graft} whose values differ
 * @param rearranged whether every column has the same values and yet rows differ
 */
public record DatasetComparison(
    String first,
    String second,
    boolean same,
    List<String> schema,
    Map<String, long[]> parts,
    List<String> columns,
    boolean rearranged) {

  /** Reads both folders. */
  public static DatasetComparison of(String first, String second) {
    DatasetInspection a = DatasetInspection.of(first, true);
    DatasetInspection b = DatasetInspection.of(second, true);
    boolean same = a.digest().digest().equals(b.digest().digest());
    List<String> schema = schema(a, b);
    Map<String, long[]> parts = parts(a, b);
    List<String> columns = columns(a.digest(), b.digest());
    boolean rearranged = !same && schema.isEmpty() && parts.isEmpty() && columns.isEmpty();
    return new DatasetComparison(first, second, same, schema, parts, columns, rearranged);
  }

  private static List<String> schema(DatasetInspection a, DatasetInspection b) {
    Map<String, ManifestColumn> before = byName(a);
    Map<String, ManifestColumn> after = byName(b);
    Set<String> names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      ManifestColumn was = before.get(name);
      ManifestColumn is = after.get(name);
      if (was == null || is == null) {
        differences.add(name + ": only in the " + (is == null ? "first" : "second"));
      } else if (!was.type().equals(is.type())) {
        differences.add(name + ": " + was.type() + " and " + is.type());
      } else if (!was.names().equals(is.names())) {
        differences.add(name + ": classes " + was.names() + " and " + is.names());
      }
    }
    if (differences.isEmpty()
        && !List.copyOf(before.keySet()).equals(List.copyOf(after.keySet()))) {
      differences.add("order of columns: " + before.keySet() + " and " + after.keySet());
    }
    return differences;
  }

  private static Map<String, ManifestColumn> byName(DatasetInspection inspection) {
    Map<String, ManifestColumn> columns = new LinkedHashMap<>();
    inspection.columns().forEach(column -> columns.put(column.name(), column));
    return columns;
  }

  private static Map<String, long[]> parts(DatasetInspection a, DatasetInspection b) {
    Map<String, long[]> differing = new TreeMap<>();
    Map<String, Long> before = counts(a);
    Map<String, Long> after = counts(b);
    Set<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      long was = before.getOrDefault(key, 0L);
      long is = after.getOrDefault(key, 0L);
      if (was != is) {
        differing.put(key, new long[] {was, is});
      }
    }
    return differing;
  }

  private static Map<String, Long> counts(DatasetInspection inspection) {
    Map<String, Long> counts = new TreeMap<>();
    inspection
        .parts()
        .forEach(
            (part, rows) -> {
              counts.put(part, rows.rows());
              counts.put(part + " synthetic", rows.synthetic());
              rows.classes().forEach((name, count) -> counts.put(part + " class " + name, count));
            });
    return counts;
  }

  private static List<String> columns(DatasetDigest a, DatasetDigest b) {
    Set<String> names = new LinkedHashSet<>(a.columns().keySet());
    names.addAll(b.columns().keySet());
    return names.stream()
        .filter(name -> !Objects.equals(a.columns().get(name), b.columns().get(name)))
        .toList();
  }

  /** For people. */
  public String toText() {
    if (same) {
      return "the same rows and schema\n";
    }
    StringBuilder text = new StringBuilder("different\n");
    schema.forEach(line -> text.append("  schema  ").append(line).append('\n'));
    parts.forEach(
        (part, counts) ->
            text.append("  rows    ")
                .append(part)
                .append(": ")
                .append(counts[0])
                .append(" and ")
                .append(counts[1])
                .append('\n'));
    columns.forEach(column -> text.append("  values  ").append(column).append('\n'));
    if (rearranged) {
      text.append("  every column has the same values, but they belong to other rows\n");
    }
    return text.toString();
  }
}
