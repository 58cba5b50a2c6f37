package dev.graft.evaluate.study;

import dev.graft.spec.PipelineSpec;
import dev.graft.spec.StudySpec;
import java.io.Serializable;
import java.util.List;

/**
 * A study as its stage knows it.
 *
 * @param spec of the study
 * @param study its study section
 * @param tasks all tasks, the longest first
 */
public record StudyScope(PipelineSpec spec, StudySpec study, List<StudyTask> tasks)
    implements Serializable {
  public StudyScope {
    tasks = List.copyOf(tasks);
  }
}
