package dev.graft.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.evidence.Evidence;
import java.util.Optional;

/** How it was measured and where it comes from. */
final class ProvenanceSection implements Section {
  @Override
  public String id() {
    return "provenance";
  }

  @Override
  public String title() {
    return "Protocol and provenance";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    Evaluation evaluation = evidence.evaluation();
    StringBuilder out = new StringBuilder("<ul class=\"protocol\">");
    for (String statement : evaluation.protocol().statements()) {
      out.append("<li>").append(Html.text(statement)).append("</li>");
    }
    out.append("<li>").append(testReads(evaluation)).append("</li></ul>");
    out.append("<dl class=\"facts\">");
    evidence.provenance().forEach((name, value) -> fact(out, name, value));
    evaluation.versions().forEach((name, value) -> fact(out, name, value));
    fact(out, "test digest", evaluation.test().digest());
    out.append("</dl><details><summary>Pipeline spec</summary><pre>");
    out.append(Html.text(Json.pretty(withoutAbsent(evidence.spec())))).append("</pre></details>");
    return Optional.of(out.toString());
  }

  private static String testReads(Evaluation evaluation) {
    int reads = evaluation.test().reads();
    return reads == 1
        ? "This was the first evaluation in its work folder to read these test rows."
        : "This was evaluation number "
            + reads
            + " in its work folder to read these test rows. Whoever chooses by such figures makes them"
            + " a tune part.";
  }

  /** A bound that a gate does not have is no number. */
  private static JsonNode withoutAbsent(JsonNode spec) {
    JsonNode copy = spec.deepCopy();
    for (JsonNode parent : copy.findParents("metric")) {
      ((ObjectNode) parent).properties().removeIf(field -> isNaN(field.getValue()));
    }
    return copy;
  }

  private static boolean isNaN(JsonNode value) {
    return value.isDouble() && Double.isNaN(value.asDouble());
  }

  private static void fact(StringBuilder out, String name, String value) {
    out.append("<div><dt>").append(Html.text(name)).append("</dt><dd>");
    out.append(Html.text(value)).append("</dd></div>");
  }
}
