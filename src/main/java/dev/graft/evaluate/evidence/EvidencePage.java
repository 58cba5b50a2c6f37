package dev.graft.evaluate.evidence;

import java.io.Serializable;

/** Makes a page for people out of the evidence. */
@FunctionalInterface
public interface EvidencePage extends Serializable {
  /** Name of the file in the stage's output. */
  String FILE = "report.html";

  /** One self-contained HTML page. */
  String render(Evidence evidence);
}
