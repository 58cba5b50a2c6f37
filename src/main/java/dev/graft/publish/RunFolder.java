package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run that has come to its end: a published dataset, or a refusal in place of one.
 *
 * @param directory its folder
 * @param published whether it holds a dataset; else a refusal
 * @param fingerprint of PUBLISH
 * @param fingerprints of the stages behind a dataset, by the stage's key; empty for a refusal
 * @param models digests of the models behind a dataset
 * @param failures why it was refused
 */
public record RunFolder(
    String directory,
    boolean published,
    String fingerprint,
    Map<String, String> fingerprints,
    List<String> models,
    List<String> failures) {

  /** The last segment of its path. */
  public String name() {
    return directory.substring(directory.lastIndexOf('/') + 1);
  }

  /** What this run has left in its place or, where another dataset is in it, beside it. */
  public static Optional<RunFolder> of(StageContext context) {
    String place = PublicationPlace.of(context).directory();
    String fingerprint = context.fingerprint(StageName.PUBLISH);
    return Stream.of(place, place + PublicationPlace.REFUSED_SUFFIX)
        .flatMap(folder -> at(folder).stream())
        .filter(run -> run.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * All published datasets of a local directory, by name.
   *
   * @throws GraftException (exit 3) when one does not tell what it was made of
   */
  public static List<RunFolder> published(String root) {
    if (!Files.isDirectory(Path.of(root))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(Path.of(root))) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("(dt|run)=.*"))
          .sorted()
          .flatMap(folder -> at(folder.toString()).stream())
          .filter(RunFolder::published)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<RunFolder> at(String folder) {
    Optional<JsonNode> success = marker(folder, PublicationPlace.SUCCESS);
    if (success.isPresent()) {
      return Optional.of(dataset(folder, success.get().path("fingerprint").asText()));
    }
    return marker(folder, PublicationPlace.REFUSED).map(refusal -> refusal(folder, refusal));
  }

  private static RunFolder dataset(String folder, String fingerprint) {
    Manifest manifest =
        Manifest.read(folder)
            .filter(read -> read.fingerprints() != null && read.models() != null)
            .orElseThrow(
                () ->
                    GraftException.input(
                        "%s has no whole %s; move the folder elsewhere", folder, Manifest.FILE));
    List<String> models = new ArrayList<>();
    for (JsonNode model : manifest.models()) {
      models.add(model.path("digest").asText());
    }
    return new RunFolder(
        folder, true, fingerprint, manifest.fingerprints(), List.copyOf(models), List.of());
  }

  private static RunFolder refusal(String folder, JsonNode refusal) {
    List<String> failures = new ArrayList<>();
    refusal.path("failures").forEach(failure -> failures.add(failure.asText()));
    return new RunFolder(
        folder,
        false,
        refusal.path("fingerprint").asText(),
        new HashMap<>(),
        List.of(),
        List.copyOf(failures));
  }

  /** A marker of ours; other tools leave files of the same name. */
  private static Optional<JsonNode> marker(String folder, String name) {
    String file = Storage.resolve(folder, name);
    if (!Storage.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.mapper().readTree(Storage.read(file)))
          .filter(content -> content.path("fingerprint").asText().length() == 64);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
