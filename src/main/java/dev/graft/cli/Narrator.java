package dev.graft.cli;

import dev.graft.data.Progress;
import dev.graft.workflow.RunListener;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import java.util.List;

/** Tells a run as it goes: to a person, or as JSON lines to a program. */
interface Narrator extends RunListener, AutoCloseable {
  /** The run starts. */
  void begin(String file, RunRequest request);

  /** Something worth a line has happened. */
  void note(String text);

  /**
   * Something has happened that people and programs are told in their own ways.
   *
   * @param event its name, for programs
   * @param content what there is to know, for programs
   * @param lines the same for people
   */
  void step(String event, Object content, List<String> lines);

  /** Where reports of long work go. */
  Progress.Listener progress();

  /** All stages are done. */
  void end(RunRequest request, RunResult result);

  /** The run has failed; what there is to read nevertheless. */
  void leftBehind(RunResult result);

  /** Ends the redrawing of lines. */
  @Override
  void close();
}
