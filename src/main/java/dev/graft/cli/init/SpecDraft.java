package dev.graft.cli.init;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A first spec for some data, with comments that say why and what else there is. */
public final class SpecDraft {
  private static final List<Scout> SCOUTS =
      List.of(new IdxScout(), new ParquetScout(), new RecordScout(), new ClassFoldersScout());
  private static final String SAYS_NOTHING = "(?i)images?|pictures|data|raw|train|training";
  private static final int FEW = 100;
  private static final double UNEVEN = 1.5;

  private final Found found;
  private final String name;
  private final StringBuilder text = new StringBuilder();

  private SpecDraft(Found found, String name) {
    this.found = found;
    this.name = name;
  }

  /**
   * Looks at {@code place} and drafts a spec.
   *
   * @param place as the user named it, below {@code directory} when relative
   * @throws GraftException (exit 3) when nothing there can be read
   */
  public static String of(Path directory, Path place) {
    Path resolved = directory.resolve(place).normalize();
    if (!Files.exists(resolved)) {
      throw GraftException.input("%s does not exist", place);
    }
    for (Scout scout : SCOUTS) {
      try {
        Optional<Found> found = scout.look(resolved);
        if (found.isPresent()) {
          return new SpecDraft(relative(found.get(), directory), name(resolved)).write();
        }
      } catch (IOException e) {
        throw new GraftException(
            ExitCode.INPUT,
            place + " cannot be read: a file in it is damaged or cut short (" + e + ")",
            e);
      }
    }
    throw GraftException.input(
        "%s holds nothing that is known: IDX files (images and labels), Parquet files with a column"
            + " of images or texts and one of labels, a folder per class with PNG or JPEG files, or"
            + " CSV, TSV or JSON Lines files with a column of texts, or two, and one of classes",
        place);
  }

  private static Found relative(Found found, Path directory) {
    return new Found(
        found.format(),
        relative(found.locations(), directory),
        relative(found.testLocations(), directory),
        found.counts(),
        found.allowSynthetic(),
        found.declareClasses(),
        found.facts());
  }

  private static Map<String, String> relative(Map<String, String> locations, Path directory) {
    Map<String, String> shortened = new java.util.LinkedHashMap<>(locations);
    shortened.replaceAll(
        (key, location) ->
            location.startsWith(directory + "/")
                ? location.substring(directory.toString().length() + 1)
                : location);
    return shortened;
  }

  /** The folder's name, or that of the one around it where the name says nothing. */
  private static String name(Path place) {
    Path named = place;
    while (named.getParent() != null && named.getFileName().toString().matches(SAYS_NOTHING)) {
      named = named.getParent();
    }
    String plain =
        String.valueOf(named.getFileName()).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String trimmed = plain.replaceAll("^-+|-+$", "");
    return trimmed.isEmpty() ? "dataset" : trimmed;
  }

  private String write() {
    line(
        "# %,d %s in %d classes, %,d%s of each.",
        found.rows(),
        found.facts().noun(),
        found.classes().size(),
        found.smallest(),
        found.largest() > found.smallest()
            ? String.format(Locale.ROOT, " to %,d", found.largest())
            : "");
    line("# Check with `graft validate`, look ahead with `graft plan`, then `graft run`.");
    line("name: %s", quoted(name));
    line("seed: 1");
    if (found.facts() instanceof TextFacts) {
      line("modality: text");
    }
    source();
    found.facts().section().forEach(text -> line("%s", text));
    split();
    line("model: {%s}", found.facts().model());
    augment();
    line("# Candidates must pass every rule. tune.p05: as the least 5 %% of unseen real ones.");
    line("select:");
    found.facts().rules().forEach(rule -> line("  - %s", rule));
    line("evaluate:");
    line("  # Trains a classifier on each and tests it on the real test part.");
    line("  utility: {arms: [real, classical, both, synthetic], seeds: 1}");
    line("# Nothing is published unless these hold.");
    line("gates:");
    line("  shortfall: {max: 0.2}");
    line("  copied-rows: {max: tune-to-train}     # no more copies than unseen real rows are");
    line("publish:");
    line("  to: ${GRAFT_OUT:-out}/%s", name);
    line("  include-real: true                    # false: no real row leaves");
    line("# A launch that takes more is ended with an error; the next one goes on where it was.");
    line("# limits: {minutes: 120, bytes: 20GB}");
    return text.toString();
  }

  private void source() {
    line("source:");
    line("  format: %s", found.format());
    found.locations().forEach((key, location) -> line("  %s: %s", key, value(location)));
    if (!found.testLocations().isEmpty()) {
      line("  test:                                 # the official test set, read once at the end");
      found.testLocations().forEach((key, location) -> line("    %s: %s", key, value(location)));
    }
    if (found.declareClasses()) {
      line("  # Names of the classes in the order of their ids; the source has numbers only.");
      line("  classes: %s", Json.canonical(found.classes()));
    }
    if (found.allowSynthetic()) {
      line(
          "  synthetic: allow                      # such rows are there; nothing learns from"
              + " them");
    }
    if (found.facts().unreadable() > 0) {
      line(
          "  # %d of %d %s that were looked at cannot be read.",
          found.facts().unreadable(), found.facts().seen(), found.facts().noun());
      line("  max-bad-records: 0.1%%                 # raise it if so many shall be passed over");
    }
  }

  private void split() {
    boolean official = !found.testLocations().isEmpty();
    if (found.smallest() < FEW) {
      line(
          "# The smallest class has %,d %s: figures per class will be rough.",
          found.smallest(), found.facts().noun());
    }
    line("split: {tune: 0.15%s}", official ? "" : ", test: 0.15");
  }

  private void augment() {
    line("augment:");
    if (found.smallest() > 0 && found.largest() > UNEVEN * found.smallest()) {
      line("  # The classes are uneven: fill each up to the largest, to at most 5 times its own.");
      line("  balance: {to: largest, cap: 5x}");
    } else {
      line("  multiply: 1.0                         # as many synthetic rows as real ones");
    }
    line("  # or synthetic: {per-class: 1000}, total: {per-class: 1000}, balance: {to: largest}");
    line("  candidates: {oversample: 2, cap: 10x}");
    if (!found.facts().mode().isEmpty()) {
      line("  # %s", found.facts().mode());
    }
    line("  # exclude-published: true    # leave out what is near rows of earlier run dates");
  }

  /** One name, or a list of columns. */
  private static String value(String location) {
    return location.contains(SourceSpec.BETWEEN_COLUMNS)
        ? Json.canonical(List.of(location.split(SourceSpec.BETWEEN_COLUMNS)))
        : quoted(location);
  }

  /** A text of JSON is one of YAML; bare, some texts are numbers or truth values there. */
  private static String quoted(String text) {
    return Json.canonical(text);
  }

  private void line(String format, Object... values) {
    text.append(
            values.length == 0
                ? format.replace("%%", "%")
                : String.format(Locale.ROOT, format, values))
        .append('\n');
  }
}
