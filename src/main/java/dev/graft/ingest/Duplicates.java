package dev.graft.ingest;

import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.ingest.RowKeys.RowKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows whose decoded content is the same, bit for bit.
 *
 * @param groups distinct contents that more than one row has
 * @param extraRows rows beyond the first of each group
 * @param crossLabelGroups groups whose rows have several labels
 * @param testRowsInTrain train rows whose content a test row has too
 * @param acrossParts groups whose rows are in several parts
 * @param examples the first groups, by their lowest id; at most {@value #EXAMPLES}
 */
record Duplicates(
    long groups,
    long extraRows,
    long crossLabelGroups,
    long testRowsInTrain,
    long acrossParts,
    List<Group> examples)
    implements Serializable {
  static final int EXAMPLES = 1000;
  static final Duplicates NONE = new Duplicates(0, 0, 0, 0, 0, List.of());

  /**
   * One group of equal rows.
   *
   * @param ids of the rows, ascending
   * @param labels of the rows
   * @param parts of the rows
   */
  record Group(List<String> ids, List<Integer> labels, List<String> parts)
      implements Serializable {}

  Duplicates {
    examples = List.copyOf(examples);
  }

  /** The duplicates among rows given as packed keys; equal contents must all be there. */
  static Duplicates among(Iterable<byte[]> packed) {
    Map<SampleId, List<RowKey>> byContent = new HashMap<>();
    for (byte[] keys : packed) {
      RowKeys.forEach(
          keys,
          key -> byContent.computeIfAbsent(key.content(), content -> new ArrayList<>(1)).add(key));
    }
    Duplicates found = NONE;
    List<Duplicates> all = new ArrayList<>();
    for (List<RowKey> rows : byContent.values()) {
      if (rows.size() > 1) {
        all.add(ofGroup(rows));
      }
    }
    for (Duplicates group : all) {
      found = found.counted(group);
    }
    return found.withExamples(all.stream().flatMap(group -> group.examples.stream()).toList());
  }

  private static Duplicates ofGroup(List<RowKey> rows) {
    rows.sort(Comparator.comparing(RowKey::id));
    long train = rows.stream().filter(row -> row.part() == Part.TRAIN).count();
    boolean test = rows.stream().anyMatch(row -> row.part() == Part.TEST);
    return new Duplicates(
        1,
        rows.size() - 1L,
        rows.stream().mapToInt(RowKey::label).distinct().count() > 1 ? 1 : 0,
        test ? train : 0,
        rows.stream().map(RowKey::part).distinct().count() > 1 ? 1 : 0,
        List.of(
            new Group(
                rows.stream().map(row -> row.id().hex()).toList(),
                rows.stream().map(RowKey::label).toList(),
                rows.stream().map(row -> row.part().key()).toList())));
  }

  /** Both, of disjoint contents. */
  Duplicates plus(Duplicates other) {
    List<Group> both = new ArrayList<>(examples);
    both.addAll(other.examples);
    return counted(other).withExamples(both);
  }

  private Duplicates counted(Duplicates other) {
    return new Duplicates(
        groups + other.groups,
        extraRows + other.extraRows,
        crossLabelGroups + other.crossLabelGroups,
        testRowsInTrain + other.testRowsInTrain,
        acrossParts + other.acrossParts,
        List.of());
  }

  private Duplicates withExamples(List<Group> candidates) {
    return new Duplicates(
        groups,
        extraRows,
        crossLabelGroups,
        testRowsInTrain,
        acrossParts,
        candidates.stream()
            .sorted(Comparator.comparing(group -> group.ids.get(0)))
            .limit(EXAMPLES)
            .toList());
  }
}
