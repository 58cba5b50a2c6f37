package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.util.concurrent.Uninterruptibles;
import dev.graft.data.Counters;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.JoinableStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * A stage that writes one file, unless a file {@code fail} in the work directory's parent tells it
 * how to end: {@code input} (an expected failure), {@code crash}, or {@code hang} after a megabyte.
 */
record FakeStage(StageName name, int codeVersion, List<StageName> inputs) implements JoinableStage {
  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    return Json.tree(Map.of("name", spec.name(), "date", name == StageName.AUGMENT ? runDate : ""));
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    return Storage.exists(output.file("work.txt"));
  }

  @Override
  public PCollection<String> build(PCollection<String> start, StageContext context) {
    return start
        .apply(ParDo.of(new WorkFn(context)))
        .setCoder(StringUtf8Coder.of())
        .apply(CommitStage.of(context));
  }

  static final class WorkFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final StageContext context;

    WorkFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(OutputReceiver<String> out) {
      String fail = Storage.resolve(context.workDirectory(), "../fail-" + context.stage().key());
      if (Storage.exists(fail)) {
        if (Storage.readText(fail).equals("input")) {
          throw Outcome.failed(context, GraftException.input("3 records of 4 are bad"));
        }
        if (Storage.readText(fail).equals("hang")) {
          Storage.write(Storage.resolve(context.attemptDirectory(), "bulk"), new byte[1 << 20]);
          Uninterruptibles.sleepUninterruptibly(Duration.ofSeconds(5));
        }
        throw new IllegalStateException("something broke");
      }
      Counters.named("read").inc(3);
      Counters.named("rejected.too-large").inc();
      Storage.writeText(Storage.resolve(context.attemptDirectory(), "work.txt"), "done");
      out.output(
          "{\"directory\": \"%s\", \"attempt\": \"%s\"}"
              .formatted(context.attemptDirectory(), context.attempt()));
    }
  }
}
