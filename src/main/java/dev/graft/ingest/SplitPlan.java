package dev.graft.ingest;

import dev.graft.data.DatasetSchema;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.ingest.ReadSummary.RankedKey;
import dev.graft.spec.SourceSpec.Take;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of every row. Classes of many rows are split by hash; a class of fewer than {@value
 * #RANKED_BELOW} rows, or a source of few groups, by hash rank, so that every part gets some. Of a
 * source that is not taken whole, every row taken is split by rank.
 *
 * @param schema of the canonical data
 * @param rule split by key
 * @param ranked parts of the keys that are split by rank
 * @param rejected records set aside, by reason
 * @param warnings what a reader of the statistics should know
 */
record SplitPlan(
    DatasetSchema schema,
    SplitRule rule,
    Map<SampleId, Part> ranked,
    Map<String, Long> rejected,
    List<String> warnings)
    implements Serializable {
  static final int RANKED_BELOW = ReadSummary.KEYS_KEPT;
  private static final int FEW_ROWS = 50;

  static SplitPlan of(DatasetSchema schema, SplitRule rule, ReadSummary summary) {
    if (!rule.take().all()) {
      return taking(schema, rule, summary);
    }
    Map<SampleId, Part> ranked = new HashMap<>();
    for (Map.Entry<Integer, TreeSet<RankedKey>> stratum : summary.strata.entrySet()) {
      boolean groups = stratum.getKey() == ReadSummary.ALL_GROUPS;
      long size = groups ? stratum.getValue().size() : summary.rows.get(stratum.getKey());
      if (size < RANKED_BELOW) {
        int rank = 0;
        for (RankedKey key : stratum.getValue()) {
          ranked.putIfAbsent(key.key(), rule.byRank(rank, stratum.getValue().size()));
          rank++;
        }
      }
    }
    return new SplitPlan(
        schema, rule, ranked, new TreeMap<>(summary.rejected), warnings(schema, summary, Take.ALL));
  }

  /** A plan that knows every row it takes, all of them by rank. */
  private static SplitPlan taking(DatasetSchema schema, SplitRule rule, ReadSummary summary) {
    Map<SampleId, Part> ranked = new HashMap<>();
    summary.taken.forEach(
        (label, keys) -> {
          List<SampleId> taken =
              keys.stream()
                  .limit(rule.take().of(schema.classes().get(label)))
                  .map(RankedKey::key)
                  .sorted(Comparator.comparing(rule::order, Long::compareUnsigned))
                  .toList();
          for (int rank = 0; rank < taken.size(); rank++) {
            ranked.putIfAbsent(taken.get(rank), rule.byRank(rank, taken.size()));
          }
        });
    List<String> warnings = warnings(schema, summary, rule.take());
    return new SplitPlan(schema, rule, ranked, new TreeMap<>(summary.rejected), warnings);
  }

  private static List<String> warnings(DatasetSchema schema, ReadSummary summary, Take take) {
    List<String> warnings = new ArrayList<>();
    summary.rows.forEach(
        (label, rows) -> {
          String name = schema.classes().get(label);
          long used = Math.min(rows, take.of(name));
          if (used < FEW_ROWS) {
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "class \"%s\" has only %d rows: figures of its tune and test rows are rough",
                    name,
                    used));
          }
        });
    return warnings;
  }

  /**
   * The part of a row; none when it is not taken. Official test rows are TEST, rows that a model
   * made TRAIN.
   */
  Optional<Part> part(RowBatch batch, int row) {
    if (batch.official()) {
      return Optional.of(Part.TEST);
    }
    if (batch.synthetic()[row]) {
      return Optional.of(Part.TRAIN);
    }
    SampleId key = rule.key(batch, row);
    Part byRank = ranked.get(key);
    if (byRank == null && rule.take().all()) {
      return Optional.of(rule.byHash(key));
    }
    return Optional.ofNullable(byRank);
  }
}
