package dev.graft.generate;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.generate.ClassReport.DrawnRange;
import dev.graft.generate.ClassReport.RejectedRow;
import dev.graft.generate.SelectionSummary.Published;
import dev.graft.model.ServiceUse;
import dev.graft.select.SelectionRules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the reports of all classes and written parts together; writes {@code selection.json},
 * {@code candidates.json} and {@code rejected/}; gives the stage's summary.
 */
final class SummariseSelection extends PTransform<PCollection<String>, PCollection<String>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(SummariseSelection.class);

  private final AugmentScope scope;

  SummariseSelection(AugmentScope scope) {
    this.scope = scope;
  }

  @Override
  public PCollection<String> expand(PCollection<String> reports) {
    return reports
        .apply("OneKey", WithKeys.of(""))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("GatherAll", GroupByKey.create())
        .apply("Summarise", ParDo.of(new SummariseFn(scope)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class SummariseFn
      extends AugmentFn<org.apache.beam.sdk.values.KV<String, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    SummariseFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element org.apache.beam.sdk.values.KV<String, Iterable<String>> gathered,
        OutputReceiver<String> out) {
      AugmentRun run = run();
      Map<Integer, ClassReport> reports = new TreeMap<>();
      for (String text : gathered.getValue()) {
        if (text.startsWith("{")) {
          ClassReport report = Json.read(text.getBytes(StandardCharsets.UTF_8), ClassReport.class);
          reports.put(report.label(), report);
        }
      }
      out.output(guarded(() -> summarise(run, reports)));
    }

    private String summarise(AugmentRun run, Map<Integer, ClassReport> reports) {
      List<Map<String, Object>> files = new ArrayList<>();
      List<RejectedRow> rejected = new ArrayList<>();
      for (ClassReport report : reports.values()) {
        for (DrawnRange range : report.ranges()) {
          Map<String, Object> file = new LinkedHashMap<>();
          file.put("file", range.file());
          file.put("label", report.label());
          file.put("round", range.round());
          file.put("first-index", range.firstIndex());
          file.put("rows", range.count());
          files.add(file);
        }
        rejected.addAll(report.rejected());
      }
      double[] bounds = run.bounds().clone();
      SelectionRules rules = run.rules();
      rules.drop().ifPresent(rule -> bounds[rule] = rules.dropRadius(run.signatures()));
      rules.published().ifPresent(rule -> bounds[rule] = rules.dropRadius(run.signatures()));
      RealDrops realDrops = run.realDrops();
      SelectionSummary summary =
          SelectionSummary.of(
              run.plan(),
              run.facts().schema(),
              rules,
              bounds,
              rules.published().isEmpty() ? null : Published.of(run.published()),
              realDrops,
              service(run, reports),
              reports);
      new RejectedRows(run, context().workDirectory())
          .write(
              rejected, DecideCandidates.REJECTED_ROWS, attemptFile("rejected/rejected.parquet"));
      Storage.writeText(
          attemptFile("candidates.json"),
          Json.pretty(Map.of("key", run.candidateKey(), "files", files)));
      Storage.writeText(attemptFile("selection.json"), Json.pretty(summary));
      LOG.info(
          "{} of {} candidates accepted, {} wanted",
          summary.accepted(),
          summary.candidates(),
          summary.wanted());
      summary.warnings().forEach(LOG::warn);
      summary.shortClasses().forEach(line -> LOG.warn("class {}", line));
      return Json.canonical(summary);
    }

    /** In the order of classes and ranges; null where no service was asked. */
    private static ServiceUse service(AugmentRun run, Map<Integer, ClassReport> reports) {
      ServiceUse all = null;
      for (ClassReport report : reports.values()) {
        for (DrawnRange range : report.ranges()) {
          Optional<ServiceUse> use = run.files().use(range.file());
          if (use.isEmpty()) {
            return null; // One generator makes all files.
          }
          all = all == null ? use.get() : all.plus(use.get());
        }
      }
      return all;
    }

    private String attemptFile(String relative) {
      return Storage.resolve(context().attemptDirectory(), relative);
    }
  }
}
