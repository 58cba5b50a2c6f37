package dev.graft.generate;

import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.generate.ClassReport.RejectedRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A bounded sample of refused candidates with their payloads: the lowest ids of every reason. */
final class RejectedRows {
  private final AugmentRun run;
  private final String workDirectory;

  RejectedRows(AugmentRun run, String workDirectory) {
    this.run = run;
    this.workDirectory = workDirectory;
  }

  /**
   * @param rejected the lowest ids of every class and reason
   * @param most rows of one reason that are kept
   * @param file where they are written, ordered by reason and id
   */
  void write(List<RejectedRow> rejected, int most, String file) {
    List<RejectedRow> chosen = new ArrayList<>();
    rejected.stream()
        .collect(Collectors.groupingBy(RejectedRow::verdict, TreeMap::new, Collectors.toList()))
        .values()
        .forEach(
            rows ->
                rows.stream()
                    .sorted(Comparator.comparing(RejectedRow::sampleId))
                    .limit(most)
                    .forEach(chosen::add));
    Column payload = run.files().columns().get(0);
    Column label = run.files().columns().get(1);
    Map<String, DatasetRow> found = read(chosen, payload, label);
    List<Column> columns =
        List.of(payload, label, new Column.Value("reason", Column.Value.Type.STRING));
    try (DatasetFileWriter writer = DatasetFileWriter.open(file, columns, Map.of())) {
      for (RejectedRow row : chosen) {
        DatasetRow candidate = found.get(row.sampleId());
        Object[] values = {
          candidate.values()[0], candidate.values()[1], run.rules().reason(row.verdict())
        };
        writer.write(new DatasetRow(values, candidate.provenance()));
      }
      writer.commit();
    }
  }

  private Map<String, DatasetRow> read(List<RejectedRow> chosen, Column payload, Column label) {
    Map<String, DatasetRow> found = new HashMap<>();
    chosen.stream()
        .collect(Collectors.groupingBy(RejectedRow::file, TreeMap::new, Collectors.toList()))
        .forEach(
            (file, rows) -> {
              Map<Integer, String> offsets =
                  rows.stream()
                      .collect(Collectors.toMap(RejectedRow::offset, RejectedRow::sampleId));
              String location = Storage.resolve(workDirectory, file);
              Projection projection = Projection.of(payload.name(), label.name());
              try (DatasetFileReader reader = DatasetFileReader.open(location, projection)) {
                Iterator<DatasetRow> all = reader.iterator();
                int last = Collections.max(offsets.keySet());
                for (int at = 0; at <= last; at++) {
                  DatasetRow row = all.next();
                  if (offsets.containsKey(at)) {
                    found.put(offsets.get(at), row);
                  }
                }
              }
            });
    return found;
  }
}
