package dev.graft.generate;

import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes {@code selection/part-NNNNN.parquet}: one row per candidate with its decision, in id
 * order. Gives the number of rows of each part.
 */
final class WriteSelection
    extends PTransform<PCollection<KV<Integer, SelectionNote>>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Value("sample_id", Type.STRING),
          new Column.Value("label", Type.INT64),
          new Column.Value("round", Type.INT64),
          new Column.Value("index", Type.INT64),
          new Column.Value("accepted", Type.BOOLEAN),
          new Column.Value("reason", Type.STRING),
          new Column.Value("candidate_file", Type.STRING));

  private final AugmentScope scope;

  WriteSelection(AugmentScope scope) {
    this.scope = scope;
  }

  @Override
  public PCollection<String> expand(PCollection<KV<Integer, SelectionNote>> decided) {
    return decided
        .apply("GatherPart", GroupByKey.create())
        .apply("WritePart", ParDo.of(new WriteFn(scope)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class WriteFn
      extends AugmentFn<KV<Integer, Iterable<SelectionNote>>, String> {
    private static final long serialVersionUID = 1L;

    WriteFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element KV<Integer, Iterable<SelectionNote>> part, OutputReceiver<String> out) {
      record Row(SampleId id, JudgedRows range, int row, String file) {}
      AugmentRun run = run();
      CandidateFiles files = run.files();
      List<Row> rows = new ArrayList<>();
      for (SelectionNote note : part.getValue()) {
        if (note instanceof JudgedRows range && range.size() > 0) {
          String candidates = files.relative(CandidateFiles.range(range));
          for (int row = 0; row < range.size(); row++) {
            SampleId id = new SampleId(range.ids()[2 * row], range.ids()[2 * row + 1]);
            rows.add(new Row(id, range, row, candidates));
          }
        }
      }
      rows.sort(Comparator.comparing(Row::id));
      String file =
          Storage.resolve(
              context().attemptDirectory(),
              String.format(Locale.ROOT, "selection/part-%05d.parquet", part.getKey()));
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(file, COLUMNS, Map.of(), WriteProfile.INTERNAL)) {
        for (Row row : rows) {
          JudgedRows range = row.range();
          int verdict = range.verdicts()[row.row()];
          Object[] values = {
            row.id().hex(),
            (long) range.label(),
            (long) range.round(),
            range.index(row.row()),
            verdict == 0,
            run.rules().reason(verdict),
            row.file()
          };
          writer.write(new DatasetRow(values, null));
        }
        writer.commit();
      }
      out.output(Integer.toString(rows.size()));
    }
  }
}
