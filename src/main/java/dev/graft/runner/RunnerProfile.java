package dev.graft.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and how the stages run: a file of {@code config/}.
 *
 * @param name the file's name without extension
 * @param runner Beam runner class name, such as {@code FlinkRunner}
 * @param options Beam options by name, such as {@code fasterCopy: true}
 * @param flink settings of the Flink that this process starts or talks to, by Flink's names, such
 *     as {@code heartbeat.timeout: 600000}
 * @param oneJob whether stages that can be joined are launched as one job ({@code jobs: one}), not
 *     each as its own ({@code jobs: each}, the default)
 * @param longestCall how long one call of a model may take on a worker ({@code limits: {call:
 *     10m}}, the default)
 */
public record RunnerProfile(
    String name,
    String runner,
    Map<String, String> options,
    Map<String, String> flink,
    boolean oneJob,
    Duration longestCall) {
  private static final Duration LONGEST_CALL = Duration.ofMinutes(10);
  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})(ms|s|m|h)");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  public RunnerProfile {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    flink = Collections.unmodifiableMap(new LinkedHashMap<>(flink));
  }

  /** Reads a profile; its {@code jvm} section is the launcher script's. */
  public static RunnerProfile read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw GraftException.usage(
          "no runner profile at %s; profiles are the files of config/, --runner takes their names",
          file);
    }
    try {
      JsonNode tree = YAML.readTree(file.toFile());
      if (!tree.path("runner").isTextual()) {
        throw GraftException.usage("%s: key \"runner\" is missing; for example FlinkRunner", file);
      }
      String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
      return new RunnerProfile(
          name,
          tree.get("runner").asText(),
          texts(tree, "options"),
          texts(tree, "flink"),
          oneJob(file, tree.path("jobs").asText("each")),
          longestCall(file, tree.path("limits")));
    } catch (IOException e) {
      throw GraftException.usage(
          "%s: not readable as YAML: %s",
          file, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static boolean oneJob(Path file, String jobs) {
    if (!jobs.equals("one") && !jobs.equals("each")) {
      throw GraftException.usage("%s: jobs: %s; it is one or each", file, jobs);
    }
    return jobs.equals("one");
  }

  private static Duration longestCall(Path file, JsonNode limits) {
    limits
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!key.equals("call")) {
                throw GraftException.usage("%s: limits has no key \"%s\"; call is one", file, key);
              }
            });
    String text = limits.path("call").asText("");
    Matcher time = TIME.matcher(text);
    if (text.isEmpty()) {
      return LONGEST_CALL;
    }
    if (!time.matches()) {
      throw GraftException.usage(
          "%s: limits: {call: %s}; it is a time such as 90s, 10m or 1h", file, text);
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static Map<String, String> texts(JsonNode tree, String section) {
    Map<String, String> texts = new LinkedHashMap<>();
    tree.path(section)
        .fields()
        .forEachRemaining(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** The runner of this name with Beam's own settings. */
  public static RunnerProfile bare(String runner) {
    return new RunnerProfile(runner, runner, Map.of(), Map.of(), false, LONGEST_CALL);
  }

  /** This profile with stages launched together or each by itself. */
  public RunnerProfile withOneJob(boolean one) {
    return new RunnerProfile(name, runner, options, flink, one, longestCall);
  }

  /** Command-line form for Beam; {@code more}, from the command line, wins over the profile. */
  public List<String> arguments(List<String> more) {
    Map<String, String> merged = new LinkedHashMap<>();
    merged.put("runner", runner);
    merged.putAll(options);
    List<String> rest = new ArrayList<>();
    for (String argument : more) {
      int equals = argument.indexOf('=');
      if (argument.startsWith("--") && equals > 0) {
        merged.put(argument.substring(2, equals), argument.substring(equals + 1));
      } else {
        rest.add(argument);
      }
    }
    List<String> arguments = new ArrayList<>();
    merged.forEach((key, value) -> arguments.add("--" + key + "=" + value));
    arguments.addAll(rest);
    return arguments;
  }
}
