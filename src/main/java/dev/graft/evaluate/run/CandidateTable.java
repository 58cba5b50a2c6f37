package dev.graft.evaluate.run;

import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.select.SelectionRules;
import dev.graft.stage.StageOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * AUGMENT's decision on every candidate that there is, in ascending id order.
 *
 * @param ids of the candidates
 * @param labels class id of each
 * @param accepted whether it was kept
 * @param files candidate files, relative to the work folder, sorted
 */
record CandidateTable(List<SampleId> ids, int[] labels, boolean[] accepted, List<String> files) {
  private static final String SELECTION = "selection";

  private record Decision(SampleId id, int label, boolean accepted) {}

  CandidateTable {
    ids = List.copyOf(ids);
    files = List.copyOf(files);
  }

  static CandidateTable read(StageOutput augment) {
    List<Decision> decisions = new ArrayList<>();
    TreeSet<String> files = new TreeSet<>();
    Projection columns =
        Projection.of("sample_id", "label", "accepted", "reason", "candidate_file")
            .withoutProvenance();
    for (Storage.Entry part : Storage.list(augment.file(SELECTION))) {
      try (DatasetFileReader reader = DatasetFileReader.open(part.location(), columns)) {
        for (DatasetRow row : reader) {
          Object[] values = row.values();
          files.add((String) values[4]);
          if (SelectionRules.NO_ANSWER.equals(values[3])) {
            continue;
          }
          decisions.add(
              new Decision(
                  SampleId.ofHex((String) values[0]),
                  Math.max(0, ((Long) values[1]).intValue()),
                  (Boolean) values[2]));
        }
      }
    }
    decisions.sort(Comparator.comparing(Decision::id));
    boolean[] accepted = new boolean[decisions.size()];
    for (int i = 0; i < accepted.length; i++) {
      accepted[i] = decisions.get(i).accepted;
    }
    return new CandidateTable(
        decisions.stream().map(Decision::id).toList(),
        decisions.stream().mapToInt(Decision::label).toArray(),
        accepted,
        List.copyOf(files));
  }

  int size() {
    return labels.length;
  }

  /** Positions of the accepted candidates, ascending. */
  int[] acceptedPositions() {
    return IntStream.range(0, size()).filter(i -> accepted[i]).toArray();
  }

  /** Labels at some positions. */
  int[] labelsAt(int[] positions) {
    return Arrays.stream(positions).map(position -> labels[position]).toArray();
  }
}
