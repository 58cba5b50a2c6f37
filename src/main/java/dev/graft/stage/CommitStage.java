package dev.graft.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * The last step of every stage. Takes exactly one element, the stage's summary as JSON, which must
 * come after everything the stage writes (through its data or {@code Wait.on}); writes {@code
 * stage.json} and {@code outcome.json} in the attempt's folder and then {@code _SUCCESS} beside the
 * attempts. Safe to repeat; the first committed attempt stays. An attempt that has failed for good
 * is not committed; one whose runner tried again and came this far is.
 */
public final class CommitStage extends PTransform<PCollection<String>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;

  private CommitStage(StageContext context) {
    this.context = context;
  }

  public static CommitStage of(StageContext context) {
    return new CommitStage(context);
  }

  @Override
  public PCollection<String> expand(PCollection<String> summary) {
    return summary
        .apply("WriteSuccess", ParDo.of(new CommitFn(context)))
        .setCoder(StringUtf8Coder.of());
  }

  private static final class CommitFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    CommitFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(@Element String summary, OutputReceiver<String> out) {
      Outcome.check(context);
      JsonNode figures =
          Json.tree(
              Json.read(summary.getBytes(java.nio.charset.StandardCharsets.UTF_8), JsonNode.class));
      Storage.writeText(
          Storage.resolve(context.attemptDirectory(), "stage.json"), Json.pretty(figures));
      Outcome.done(context).write(context);
      String marker = Storage.resolve(context.directory(), StageContext.SUCCESS);
      if (!Storage.exists(marker)) {
        OutputFiles.write(context.attemptDirectory());
        new StageOutput(
                context.stage().key(),
                context.fingerprint(context.stage()),
                context.attempt(),
                figures,
                "")
            .commit(context.directory());
      }
      out.output(summary);
    }
  }
}
