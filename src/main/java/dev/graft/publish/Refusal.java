package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.List;
import java.util.Map;

/** What appears in place of a dataset that may not be published: the figures and no data. */
final class Refusal {
  private Refusal() {}

  /**
   * Writes {@code _REFUSED}, the metrics and the report, and gives the failure (exit 4) to be
   * thrown.
   *
   * @param failures one line each
   * @param gates results of all gates
   */
  static GraftException write(StageContext context, List<String> failures, JsonNode gates) {
    StageInputs inputs = new StageInputs(context);
    String staged = Storage.resolve(context.attemptDirectory(), "refused");
    for (String file : FinishPublication.EVIDENCE) {
      Storage.write(
          Storage.resolve(staged, file), Storage.read(inputs.file(StageName.EVALUATE, file)));
    }
    Storage.writeText(
        Storage.resolve(staged, PublicationPlace.REFUSED),
        Json.pretty(
            Map.of(
                "fingerprint", context.fingerprint(StageName.PUBLISH),
                "failures", failures,
                "gates", gates)));
    String folder = PublicationPlace.of(context).refuse(staged);
    return new GraftException(
        ExitCode.GATE,
        "not published: " + String.join("; ", failures) + "; figures and report are in " + folder);
  }
}
