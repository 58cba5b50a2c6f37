package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.gate.GateResult;
import java.util.Optional;

/** What publishing had to pass. */
final class GateSection implements Section {
  @Override
  public String id() {
    return "gates";
  }

  @Override
  public String title() {
    return "Gates";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    if (evidence.evaluation().gates().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder("<ul class=\"gates\">");
    for (GateResult gate : evidence.evaluation().gates()) {
      out.append(
          gate.passed()
              ? "<li class=\"pass\"><b>✓ passed</b> "
              : "<li class=\"fail\"><b>✗ failed</b> ");
      out.append(Html.text(gate.message())).append("</li>");
    }
    return Optional.of(out.append("</ul>").toString());
  }
}
