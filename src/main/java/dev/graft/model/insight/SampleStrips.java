package dev.graft.model.insight;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Looks;
import dev.graft.model.SamplePaths;
import dev.graft.model.Sampler.Controls;
import dev.graft.spec.GenerationMode.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Samples side by side: along paths between two rows of a class and between two classes, and
 * variations of a row at rising strength. Of the first {@value #MOST_CLASSES} classes; a function
 * of model, rows and seed.
 *
 * @param strips paths within classes first, then between classes, then variations
 */
public record SampleStrips(List<Strip> strips) {
  /** Samples along a path, both ends included. */
  public static final int STEPS = 9;

  /** Strengths of variations. */
  public static final List<Double> STRENGTHS = List.of(0.1, 0.3, 0.5, 0.7, 0.9);

  private static final int MOST_CLASSES = 3;

  /** What a strip shows. */
  public enum Motif {
    WITHIN_CLASS,
    BETWEEN_CLASSES,
    /** The row itself first, then one sample of each of {@link SampleStrips#STRENGTHS}. */
    VARIATIONS
  }

  /**
   * @param from class id of the first end, or of the row; -1 for an unlabelled dataset
   * @param to class id of the other end; the same within a class
   * @param rows quantised values of each sample
   */
  public record Strip(Motif motif, int from, int to, List<byte[]> rows) {
    public Strip {
      rows = List.copyOf(rows);
    }
  }

  public SampleStrips {
    strips = List.copyOf(strips);
  }

  /**
   * @param modes what the sampler can do
   * @param real rows to begin and end at; where there are none, samples that the model draws
   * @param looks what tell equal distances, alike along paths
   * @param seed chooses the rows
   */
  public static SampleStrips of(
      DerivingSampler sampler,
      Set<Kind> modes,
      DatasetSchema schema,
      Optional<LabelledRows> real,
      List<Looks> looks,
      long seed) {
    List<LabelledRows> ends =
        real.map(rows -> chosen(rows, seed)).orElseGet(() -> drawn(sampler, schema, seed));
    List<Strip> strips = new ArrayList<>();
    for (LabelledRows pair : ends) {
      if (modes.contains(Kind.INTERPOLATE) && pair.size() == 2) {
        strips.add(path(Motif.WITHIN_CLASS, sampler, pair, 0, pair, 1, looks));
      }
    }
    for (int i = 0; i + 1 < ends.size(); i++) {
      if (modes.contains(Kind.INTERPOLATE)) {
        strips.add(path(Motif.BETWEEN_CLASSES, sampler, ends.get(i), 0, ends.get(i + 1), 0, looks));
      } else if (modes.contains(Kind.MIX_CLASSES)) {
        int from = ends.get(i).labels()[0];
        int to = ends.get(i + 1).labels()[0];
        byte[] mixed =
            SamplePaths.betweenClasses(sampler, from, to, seed, 0, STEPS, looks, Controls.NONE);
        strips.add(new Strip(Motif.BETWEEN_CLASSES, from, to, cut(mixed, schema.rowSize())));
      }
    }
    if (modes.contains(Kind.VARY)) {
      ends.forEach(pair -> strips.add(variations(sampler, pair.select(new int[1]), seed)));
    }
    return new SampleStrips(strips);
  }

  private static Strip path(
      Motif motif,
      DerivingSampler sampler,
      LabelledRows from,
      int row,
      LabelledRows to,
      int end,
      List<Looks> looks) {
    byte[] path =
        SamplePaths.betweenRows(
            sampler,
            from.select(new int[] {row}),
            to.select(new int[] {end}),
            STEPS,
            looks,
            Controls.NONE);
    return new Strip(motif, from.labels()[row], to.labels()[end], cut(path, from.rowSize()));
  }

  private static Strip variations(DerivingSampler sampler, LabelledRows row, long seed) {
    int label = row.labels()[0];
    List<byte[]> rows = new ArrayList<>(List.of(row.values()));
    for (double strength : STRENGTHS) {
      rows.add(
          sampler.derive(
              Condition.ofLabel(label),
              new Variation(row, strength),
              seed,
              new long[1],
              Controls.NONE));
    }
    return new Strip(Motif.VARIATIONS, label, label, rows);
  }

  /** Of each of the first classes the two rows with the lowest seeded hash of their id. */
  private static List<LabelledRows> chosen(LabelledRows rows, long seed) {
    TreeMap<Integer, List<Integer>> byClass = new TreeMap<>();
    for (int row = 0; row < rows.size(); row++) {
      byClass.computeIfAbsent(rows.labels()[row], label -> new ArrayList<>()).add(row);
    }
    return byClass.values().stream()
        .limit(MOST_CLASSES)
        .map(
            members ->
                rows.select(
                    members.stream()
                        .sorted(Comparator.comparingLong(row -> rank(rows.ids().get(row), seed)))
                        .limit(2)
                        .mapToInt(Integer::intValue)
                        .toArray()))
        .toList();
  }

  private static long rank(SampleId id, long seed) {
    return CounterRandom.of(seed, id.high(), id.low()).bits(0);
  }

  private static List<LabelledRows> drawn(
      DerivingSampler sampler, DatasetSchema schema, long seed) {
    int classes = schema.classes().size();
    int[] labels =
        classes == 0
            ? new int[] {-1}
            : IntStream.range(0, Math.min(MOST_CLASSES, classes)).toArray();
    return Arrays.stream(labels).mapToObj(label -> drawn(sampler, schema, label, seed)).toList();
  }

  private static LabelledRows drawn(
      DerivingSampler sampler, DatasetSchema schema, int label, long seed) {
    int size = schema.rowSize();
    byte[] values = new byte[2 * size];
    for (int index = 0; index < 2; index++) {
      byte[] one = sampler.sample(Condition.ofLabel(label), seed, index, 1, Controls.NONE);
      System.arraycopy(one, 0, values, index * size, size);
    }
    return new LabelledRows(
        size,
        values,
        new int[] {label, label},
        List.of(new SampleId(label, 0), new SampleId(label, 1)));
  }

  private static List<byte[]> cut(byte[] values, int size) {
    return IntStream.range(0, values.length / size)
        .mapToObj(row -> Arrays.copyOfRange(values, row * size, (row + 1) * size))
        .toList();
  }
}
