package dev.graft.runner;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.runners.dataflow.DataflowRunner;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.util.construction.resources.PipelineResources;

/** What Graft adds to Dataflow's options. */
final class DataflowSettings {
  /** Other runners. */
  private static final Pattern NEVER_STAGED =
      Pattern.compile("(flink-|beam-runners-(flink|direct)|pekko-).*\\.jar");

  /** What Graft's worker image holds already. */
  private static final Pattern IN_IMAGE = Pattern.compile("pytorch-native-.*\\.jar");

  private DataflowSettings() {}

  static boolean isDataflow(PipelineOptions options) {
    return options.getRunner() == DataflowRunner.class;
  }

  /** Whether the job is written to a file for somebody else to start. */
  static boolean isTemplate(PipelineOptions options) {
    return isDataflow(options)
        && options.as(DataflowPipelineOptions.class).getTemplateLocation() != null;
  }

  /** Stages this process's class path, as far as workers need it, unless told what to stage. */
  static void complete(DataflowPipelineOptions options) {
    if (options.getFilesToStage() == null) {
      boolean image = options.getSdkContainerImage() != null;
      options.setFilesToStage(
          needed(
              PipelineResources.detectClassPathResourcesToStage(
                  DataflowSettings.class.getClassLoader(), options),
              image));
    }
  }

  /** The files of a class path that workers need. */
  static List<String> needed(List<String> classPath, boolean image) {
    return classPath.stream()
        .filter(file -> !NEVER_STAGED.matcher(new File(file).getName()).matches())
        .filter(file -> !image || !IN_IMAGE.matcher(new File(file).getName()).matches())
        .toList();
  }
}
