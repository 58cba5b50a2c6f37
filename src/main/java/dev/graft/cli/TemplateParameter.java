package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a launch of the Flex Template is asked for, as {@code --name=value} to {@link FlexTemplate}.
 */
enum TemplateParameter {
  SPEC(
      "spec",
      "GCS_READ_FILE",
      "Pipeline spec",
      "A YAML file on gs://. All YAML files of its folder come along, for model definitions.",
      false,
      "gs://[^/]+/.+\\.ya?ml"),
  STAGE(
      "stage",
      "ENUM",
      "Stage",
      "The stage to run. What is done for the same spec, data and seed is not done again.",
      false,
      ""),
  RUN_DATE(
      "runDate",
      "TEXT",
      "Run date",
      "Date of a scheduled run, YYYY-MM-DD: names the output and stands for ${run-date}.",
      true,
      "\\d{4}-\\d{2}-\\d{2}"),
  STORE(
      "store",
      "GCS_WRITE_FOLDER",
      "Model store",
      "Folder on gs:// where trained models are kept. It must outlive the job.",
      false,
      "gs://.+"),
  SET(
      "set",
      "TEXT",
      "Changes of the spec",
      "KEY=VALUE pairs that replace values of the spec, with a semicolon between them.",
      true,
      "[^=]+=.*"),
  /** Beam's own option, which a launch may only give when the template names it. */
  WORKER_IMAGE(
      "sdkContainerImage",
      "TEXT",
      "Worker image",
      "Image of the workers, with libtorch in it: config/deploy/dataflow/worker.",
      true,
      "");

  private final String key;
  private final String type;
  private final String label;
  private final String help;
  private final boolean optional;
  private final String pattern;

  TemplateParameter(
      String key, String type, String label, String help, boolean optional, String pattern) {
    this.key = key;
    this.type = type;
    this.label = label;
    this.help = help;
    this.optional = optional;
    this.pattern = pattern;
  }

  String key() {
    return key;
  }

  String type() {
    return type;
  }

  String label() {
    return label;
  }

  String help() {
    return help;
  }

  boolean optional() {
    return optional;
  }

  /** A regular expression of the whole value; empty for any. */
  String pattern() {
    return pattern;
  }

  /** The allowed values of an enumerated parameter. */
  List<String> choices() {
    return this == STAGE
        ? Arrays.stream(StageName.values()).map(StageName::key).toList()
        : List.of();
  }

  static Optional<TemplateParameter> of(String key) {
    return Arrays.stream(values()).filter(one -> one.key.equals(key)).findFirst();
  }

  /** Whether a value may be given. */
  boolean takes(String value) {
    return (pattern.isEmpty() || value.matches(pattern))
        && (choices().isEmpty() || choices().contains(value));
  }
}
