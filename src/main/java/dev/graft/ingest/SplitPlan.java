package dev.graft.ingest;

import dev.graft.data.DatasetSchema;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.ingest.ReadSummary.RankedKey;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The part of every row. Classes of many rows are split by hash; a class of fewer than {@value
 * #RANKED_BELOW} rows, or a source of few groups, by hash rank, so that every part gets some.
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
    Map<SampleId, Part> ranked = new HashMap<>();
    List<String> warnings = new ArrayList<>();
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
    summary.rows.forEach(
        (label, rows) -> {
          if (rows < FEW_ROWS) {
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "class \"%s\" has only %d rows: figures of its tune and test rows are rough",
                    schema.classes().get(label),
                    rows));
          }
        });
    return new SplitPlan(schema, rule, ranked, new TreeMap<>(summary.rejected), warnings);
  }

  /** The part of a row. Official test rows are TEST, rows that a model made TRAIN. */
  Part part(RowBatch batch, int row) {
    if (batch.official()) {
      return Part.TEST;
    }
    if (batch.synthetic()[row]) {
      return Part.TRAIN;
    }
    SampleId key = rule.key(batch, row);
    Part byRank = ranked.get(key);
    return byRank == null ? rule.byHash(key) : byRank;
  }
}
