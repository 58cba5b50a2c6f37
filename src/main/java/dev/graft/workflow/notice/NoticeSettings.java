package dev.graft.workflow.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who is told of a run: the sections {@code lineage} and {@code notify} of a runner profile, and
 * the environment, which wins.
 *
 * @param lineageUrl where OpenLineage events are posted, such as {@code
 *     http://marquez:5000/api/v1/lineage}; empty for the file alone
 * @param lineageKey bearer token of that collector; may be empty
 * @param namespace of the jobs in lineage events
 * @param notifyCommand program and arguments that get a failed run's JSON on standard input; may be
 *     empty
 * @param notifyUrl where a failed run's JSON is posted; may be empty
 */
public record NoticeSettings(
    String lineageUrl,
    String lineageKey,
    String namespace,
    List<String> notifyCommand,
    String notifyUrl) {
  /** Nobody is told; lineage goes to its file. */
  public static final NoticeSettings NONE = new NoticeSettings("", "", "graft", List.of(), "");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Map<String, Set<String>> KEYS =
      Map.of("lineage", Set.of("url"), "notify", Set.of("command", "url"));

  public NoticeSettings {
    notifyCommand = List.copyOf(notifyCommand);
  }

  /**
   * Reads the two sections of a profile, which may be missing, and the variables {@code
   * OPENLINEAGE_URL}, {@code OPENLINEAGE_ENDPOINT}, {@code OPENLINEAGE_API_KEY}, {@code
   * OPENLINEAGE_NAMESPACE}, {@code GRAFT_NOTIFY_COMMAND} (a line for {@code sh}) and {@code
   * GRAFT_NOTIFY_URL}.
   *
   * @param file the profile's file; a bare runner has none
   * @throws GraftException (exit 2) for an unknown key or something that is no HTTP address
   */
  public static NoticeSettings read(Optional<Path> file, Map<String, String> environment) {
    JsonNode tree = file.map(NoticeSettings::tree).orElseGet(YAML::createObjectNode);
    String profile = file.map(Path::toString).orElse("the profile");
    KEYS.forEach((section, keys) -> checkKeys(profile, tree.path(section), section, keys));
    String declared = tree.path("lineage").path("url").asText("");
    String collector = environment.getOrDefault("OPENLINEAGE_URL", "");
    String endpoint = environment.getOrDefault("OPENLINEAGE_ENDPOINT", "api/v1/lineage");
    String line = environment.getOrDefault("GRAFT_NOTIFY_COMMAND", "");
    return new NoticeSettings(
        address(
            "lineage.url or OPENLINEAGE_URL",
            collector.isEmpty() ? declared : collector.replaceFirst("/*$", "/") + endpoint),
        environment.getOrDefault("OPENLINEAGE_API_KEY", ""),
        environment.getOrDefault("OPENLINEAGE_NAMESPACE", NONE.namespace()),
        line.isEmpty() ? command(profile, tree.path("notify").path("command")) : shell(line),
        address(
            "notify.url or GRAFT_NOTIFY_URL",
            environment.getOrDefault(
                "GRAFT_NOTIFY_URL", tree.path("notify").path("url").asText(""))));
  }

  private static JsonNode tree(Path profile) {
    try {
      return YAML.readTree(profile.toFile());
    } catch (IOException e) {
      throw GraftException.usage(
          "%s: not readable as YAML: %s",
          profile, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static void checkKeys(String profile, JsonNode section, String name, Set<String> known) {
    section
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw GraftException.usage(
                    "%s: unknown key \"%s.%s\"; known: %s",
                    profile, name, key, String.join(", ", new TreeSet<>(known)));
              }
            });
  }

  private static List<String> command(String profile, JsonNode value) {
    if (value.isTextual()) {
      return shell(value.textValue());
    }
    List<String> words = new ArrayList<>();
    value.forEach(word -> words.add(word.asText()));
    if (!value.isMissingNode() && words.isEmpty()) {
      throw GraftException.usage(
          "%s: notify.command is %s; it is a list of program and arguments, or one line for sh",
          profile, value);
    }
    return words;
  }

  private static List<String> shell(String line) {
    return List.of("/bin/sh", "-c", line);
  }

  private static String address(String name, String text) {
    if (text.isEmpty()) {
      return "";
    }
    try {
      URI address = new URI(text);
      String scheme = String.valueOf(address.getScheme());
      if (address.getHost() != null && scheme.matches("https?")) {
        return text;
      }
    } catch (java.net.URISyntaxException e) {
      // said below
    }
    throw GraftException.usage(
        "%s is \"%s\"; it is an address such as https://host:8080/path", name, text);
  }
}
