package dev.graft.generate;

import dev.graft.data.Counters;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.generate.ClassReport.DrawnRange;
import dev.graft.generate.ClassReport.RejectedRow;
import dev.graft.select.ClassSelection;
import dev.graft.select.ClassSelection.Decided;
import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Decides every class as a whole, and deals the decided rows to the parts of the selection by id.
 */
final class DecideCandidates
    extends PTransform<PCollection<KV<Integer, SelectionNote>>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** Decided rows by part of the selection. */
  static final TupleTag<KV<Integer, SelectionNote>> DECIDED = new TupleTag<>("decided") {};

  /** One {@link ClassReport} as JSON per class. */
  static final TupleTag<String> REPORTS = new TupleTag<>("reports") {};

  /** Refused rows per reason that are kept to be looked at. */
  static final int REJECTED_ROWS = 40;

  private final AugmentScope scope;

  DecideCandidates(AugmentScope scope) {
    this.scope = scope;
  }

  @Override
  public PCollectionTuple expand(PCollection<KV<Integer, SelectionNote>> notes) {
    PCollectionTuple decided =
        notes
            .apply("GatherClass", GroupByKey.create())
            .apply(
                "Decide",
                ParDo.of(new DecideFn(scope)).withOutputTags(DECIDED, TupleTagList.of(REPORTS)));
    decided.get(DECIDED).setCoder(KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of()));
    decided.get(REPORTS).setCoder(StringUtf8Coder.of());
    return decided;
  }

  private static final class DecideFn
      extends AugmentFn<KV<Integer, Iterable<SelectionNote>>, KV<Integer, SelectionNote>> {
    private static final long serialVersionUID = 1L;

    DecideFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element KV<Integer, Iterable<SelectionNote>> gathered, MultiOutputReceiver out) {
      AugmentRun run = run();
      List<SelectionNote> notes = new ArrayList<>();
      gathered.getValue().forEach(notes::add);
      int label = gathered.getKey();
      Decided decided =
          new ClassSelection(run.rules()).decide(notes, run.plan().ofLabel(label).wanted());
      for (JudgedRows range : decided.rows()) {
        deal(range, run.parts(), out.get(DECIDED));
      }
      ClassReport report = report(label, decided, run.files());
      Counters.named("accepted").inc(decided.counts()[0]);
      for (int verdict = 1; verdict <= run.rules().surplus(); verdict++) {
        Counters.named("rejected." + run.rules().reason(verdict)).inc(decided.counts()[verdict]);
      }
      out.get(REPORTS).output(Json.canonical(report));
    }

    private static void deal(
        JudgedRows range, int parts, OutputReceiver<KV<Integer, SelectionNote>> out) {
      Map<Integer, List<Integer>> byPart = new TreeMap<>();
      for (int row = 0; row < range.size(); row++) {
        byPart.computeIfAbsent(id(range, row).shard(parts), part -> new ArrayList<>()).add(row);
      }
      byPart.forEach((part, rows) -> out.output(KV.of(part, pick(range, rows))));
    }

    private static JudgedRows pick(JudgedRows range, List<Integer> rows) {
      int[] offsets = rows.stream().mapToInt(row -> range.offsets()[row]).toArray();
      byte[] verdicts = new byte[offsets.length];
      long[] ids = new long[2 * offsets.length];
      for (int i = 0; i < offsets.length; i++) {
        verdicts[i] = range.verdicts()[rows.get(i)];
        ids[2 * i] = range.ids()[2 * rows.get(i)];
        ids[2 * i + 1] = range.ids()[2 * rows.get(i) + 1];
      }
      return new JudgedRows(
          range.label(),
          range.round(),
          range.firstIndex(),
          range.count(),
          offsets,
          ids,
          verdicts,
          new float[0][]);
    }

    private static ClassReport report(int label, Decided decided, CandidateFiles files) {
      return new ClassReport(
          label,
          Arrays.stream(decided.counts()).boxed().toList(),
          decided.collapsed(),
          decided.rows().stream()
              .map(
                  range ->
                      new DrawnRange(
                          files.relative(CandidateFiles.range(range)),
                          range.round(),
                          range.firstIndex(),
                          range.count()))
              .toList(),
          // Of rows that are none there is nothing to be looked at.
          IntStream.range(1, decided.counts().length - 1)
              .mapToObj(verdict -> lowest(verdict, decided.rows(), files))
              .flatMap(List::stream)
              .collect(Collectors.toList()));
    }

    private static List<RejectedRow> lowest(
        int verdict, List<JudgedRows> ranges, CandidateFiles files) {
      record Place(SampleId id, JudgedRows range, int row) {}
      PriorityQueue<Place> kept =
          new PriorityQueue<>(Comparator.comparing(Place::id, Comparator.reverseOrder()));
      for (JudgedRows range : ranges) {
        for (int row = 0; row < range.size(); row++) {
          if (range.verdicts()[row] == verdict) {
            kept.add(new Place(id(range, row), range, row));
            if (kept.size() > REJECTED_ROWS) {
              kept.poll();
            }
          }
        }
      }
      return kept.stream()
          .sorted(Comparator.comparing(Place::id))
          .map(
              place ->
                  new RejectedRow(
                      place.id().hex(),
                      verdict,
                      files.relative(CandidateFiles.range(place.range())),
                      place.range().offsets()[place.row()]))
          .toList();
    }

    private static SampleId id(JudgedRows range, int row) {
      return new SampleId(range.ids()[2 * row], range.ids()[2 * row + 1]);
    }
  }
}
