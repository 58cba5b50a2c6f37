package dev.graft.generate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.SignatureScheme;
import dev.graft.select.NearDuplicates;
import dev.graft.select.OrderKey;
import dev.graft.spec.DecimalText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the near-duplicate rule would do to real rows: the share of them, by class name, that lie
 * within its distance of an earlier one. All of these would be dropped although nobody copied them,
 * so a large share says that the distance does not suit the data.
 *
 * @param distance of the rule, in the unit of its signatures
 * @param rows real TRAIN rows looked at
 * @param shares by class name, from 0 to 1
 */
public record RealDrops(double distance, int rows, Map<String, Double> shares) {
  private static final double TOLERABLE = 0.01;

  /** Of the given real rows. */
  static RealDrops of(
      LabelledRows real, DatasetSchema schema, SignatureScheme scheme, double distance) {
    long[] orders = new long[real.size()];
    byte[] signatures = new byte[real.size() * scheme.length()];
    Map<Integer, Integer> totals = new LinkedHashMap<>();
    for (int row = 0; row < orders.length; row++) {
      int label = real.labels()[row];
      orders[row] = OrderKey.of(0, row, label);
      totals.merge(label, 1, Integer::sum);
      byte[] signature = scheme.signature(real.values(), row * real.rowSize());
      System.arraycopy(signature, 0, signatures, row * scheme.length(), scheme.length());
    }
    NearDuplicates search = new NearDuplicates(scheme, distance);
    Map<Integer, Integer> dropped = new LinkedHashMap<>();
    for (long order : search.marks(List.of(search.entries(orders, signatures))).orders()) {
      dropped.merge(OrderKey.label(order), 1, Integer::sum);
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    totals.keySet().stream()
        .sorted()
        .forEach(
            label ->
                shares.put(
                    label < 0 ? "" : schema.classes().get(label),
                    (double) dropped.getOrDefault(label, 0) / totals.get(label)));
    return new RealDrops(distance, orders.length, shares);
  }

  /** The share over all classes, in words. */
  public String text() {
    double dropped = 0;
    for (Map.Entry<String, Double> share : shares.entrySet()) {
      dropped += share.getValue() / shares.size();
    }
    return String.format(
        Locale.ROOT,
        "as near to an earlier one are %.2f %% of %,d real rows, classes weighing the same",
        100 * dropped,
        rows);
  }

  /** A sentence where more real rows would be dropped than is tolerable; empty otherwise. */
  List<String> warnings() {
    List<String> worst = new ArrayList<>();
    shares.forEach(
        (name, share) -> {
          if (share > TOLERABLE) {
            worst.add(String.format(Locale.ROOT, "%.1f %% of %s", 100 * share, name));
          }
        });
    return worst.isEmpty()
        ? List.of()
        : List.of(
            String.format(
                Locale.ROOT,
                "near-duplicate: within its distance of %s lie %s among %,d real rows, which copy"
                    + " nothing; set a smaller distance",
                DecimalText.of(distance),
                String.join(", ", worst),
                rows));
  }
}
