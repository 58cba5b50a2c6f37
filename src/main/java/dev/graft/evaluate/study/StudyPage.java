package dev.graft.evaluate.study;

import java.io.Serializable;

/** Makes the page of a study. */
public interface StudyPage extends Serializable {
  /** Name of the file. */
  String FILE = "study.html";

  /** The whole page. */
  String render(StudyFigures figures);
}
