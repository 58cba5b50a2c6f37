package dev.graft.workflow;

import dev.graft.data.io.Storage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.stage.StageContext;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches of the same stages that are gone, and whose jobs a cluster may still run: a job's name
 * ends with an attempt, and the attempt's folder says whose stages it writes.
 */
final class Predecessors {
  private static final Logger LOG = LoggerFactory.getLogger(Predecessors.class);
  private static final String FOLDER = "attempt-";

  private Predecessors() {}

  /**
   * Ends the jobs they have left, so that no two write one stage.
   *
   * @param stages all stages of the run
   */
  static void end(PipelineLauncher launcher, Collection<StageContext> stages) {
    Set<String> attempts = new TreeSet<>();
    launcher
        .endJobs(
            name -> {
              if (attempts.isEmpty()) {
                stages.forEach(stage -> attempts.addAll(attempts(stage.directory())));
              }
              return attempts.contains(name.substring(name.lastIndexOf('-') + 1));
            })
        .forEach(name -> LOG.warn("cancelled the job {} that an earlier launch had left", name));
  }

  private static Set<String> attempts(String stageDirectory) {
    Set<String> attempts = new TreeSet<>();
    for (Storage.Entry file : Storage.list(stageDirectory)) {
      String folder = Storage.relative(stageDirectory, file.location()).split("/")[0];
      if (folder.startsWith(FOLDER)) {
        attempts.add(folder.substring(FOLDER.length()));
      }
    }
    return attempts;
  }
}
