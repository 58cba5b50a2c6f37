package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The names that a spec may use and what the spec's reader must know of them. Implemented above
 * this package, over the registries.
 */
public interface Vocabulary {
  /** Registered modalities by name. */
  Map<String, ModalityFacts> modalities();

  /** Registered source formats by name. */
  Map<String, SourceKeys> sourceFormats();

  /** Registered scorers by name. */
  Map<String, ScorerFacts> scorers();

  /** Registered metrics by name. */
  Map<String, Range> metrics();

  /** Every figure that a gate may bound: metrics and others. */
  List<String> gates();

  /** The gates that a spec has unless it says otherwise. */
  List<GateSpec> defaultGates();

  /** The training sets of a utility comparison. */
  List<String> arms();

  /** Those of them whose rows are classically augmented. */
  List<String> augmentedArms();

  /**
   * Checks the modality's own section.
   *
   * @param options the section, or null when the spec has none
   * @throws dev.graft.data.GraftException (exit 2) with the reason
   */
  void checkOptions(String modality, JsonNode options);

  /**
   * The columns in which rows are published that consist of several texts; empty where a row is one
   * value.
   *
   * @param options the section, already checked, or null when the spec has none
   */
  List<String> parts(String modality, JsonNode options);

  /**
   * The kinds of the labelled stretches of a text; empty where rows have none.
   *
   * @param options the section, already checked, or null when the spec has none
   */
  List<String> spans(String modality, JsonNode options);

  /** The distance below which two rows are near-duplicates unless the spec says otherwise. */
  double duplicateDistance(String modality, JsonNode options);

  /**
   * Words that a scorer is to look for, as digests.
   *
   * @throws dev.graft.data.GraftException (exit 2) for one that cannot be met
   */
  List<String> termDigests(List<String> terms);

  /**
   * Reads and validates a model definition.
   *
   * @param file absolute, or relative to the process's directory
   * @param settings {@code a.b.c=value} each, applied before validation
   * @throws dev.graft.data.GraftException (exit 2) with one problem per line
   */
  JsonNode definition(Path file, List<String> settings);

  /**
   * Looks a stored model up.
   *
   * @throws dev.graft.data.GraftException (exit 2) when there is no such version
   */
  ModelsSpec.Load pin(String name, String version);

  /**
   * The definition by which a stored model is trained further.
   *
   * @param settings {@code steps=500}: keys of its {@code training}
   * @throws dev.graft.data.GraftException (exit 2) when its family cannot, or a value is refused
   */
  JsonNode fineTuning(ModelsSpec.Load base, List<String> settings);

  /**
   * Checks how a definition's settings are to be chosen.
   *
   * @param file absolute, or relative to the process's directory
   * @param settings {@code a.b.c=value} each, applied before
   * @param asked without ranges; an empty {@code by} stands for the family's own figure
   * @return with the definition's ranges and the figure
   * @throws dev.graft.data.GraftException (exit 2) when it has no ranges, its family cannot be
   *     tuned, or a range or number is refused
   */
  TuneSpec tuning(Path file, List<String> settings, TuneSpec asked);

  /** What a model of the spec can do; asked only for references without a problem. */
  ModelFacts model(ModelsSpec.ModelRef reference);

  /**
   * Checks that a model can be trained on, or was made for, the data of a spec.
   *
   * @param options the modality's own section, already checked
   * @param classes as declared; empty when the source tells them
   * @throws dev.graft.data.GraftException (exit 2) with the reason
   */
  void checkModel(
      ModelsSpec.ModelRef reference, String modality, JsonNode options, List<String> classes);

  /**
   * Checks that one process can run both models.
   *
   * @throws dev.graft.data.GraftException (exit 2) that tells how they differ
   */
  void checkTogether(ModelsSpec.ModelRef one, ModelsSpec.ModelRef other);

  /**
   * @param judge definition file of the judge, used where the spec names none
   * @param examiner definition file of the examiner
   * @param learner definition file of the utility learner
   * @param metrics metrics in report order
   * @param rules of selection that a spec without any has, after those of every modality
   */
  record ModalityFacts(
      String judge, String examiner, String learner, List<String> metrics, List<SelectRule> rules) {
    public ModalityFacts {
      metrics = List.copyOf(metrics);
      rules = List.copyOf(rules);
    }

    /** Without rules of its own. */
    ModalityFacts(String judge, String examiner, String learner, List<String> metrics) {
      this(judge, examiner, learner, metrics, List.of());
    }
  }

  /**
   * @param family registered model family
   * @param generator whether it draws samples; a classifier otherwise
   * @param controls names of numbers that {@code augment.controls} may hold
   * @param textControls names of texts and lists of texts that it may hold
   * @param modes what {@code augment.mode} may ask for
   * @param needsMode whether it must ask for one of them
   */
  record ModelFacts(
      String family,
      boolean generator,
      Set<String> controls,
      Set<String> textControls,
      Set<GenerationMode.Kind> modes,
      boolean needsMode) {
    public ModelFacts {
      controls = Set.copyOf(controls);
      textControls = Set.copyOf(textControls);
      modes = Set.copyOf(modes);
    }
  }

  /**
   * The location keys of a source format.
   *
   * @param paths required keys that name files or folders
   * @param columns optional keys that name columns or say how files are written, with their
   *     defaults; empty for none
   * @param groups whether records have further columns that {@code split.by} may name
   * @param parts the one of {@code columns} that may name several, one for each part of a row;
   *     empty for none
   * @param labelColumns further keys for records of several labels, {@code labels} among them, with
   *     their defaults; empty where records have one label
   * @param lists whether a field can be a list
   */
  record SourceKeys(
      List<String> paths,
      Map<String, String> columns,
      boolean groups,
      String parts,
      Map<String, String> labelColumns,
      boolean lists) {
    public SourceKeys {
      paths = List.copyOf(paths);
      columns = Map.copyOf(columns);
      labelColumns = Map.copyOf(labelColumns);
    }

    /** Of records of one label. */
    SourceKeys(List<String> paths, Map<String, String> columns, boolean groups, String parts) {
      this(paths, columns, groups, parts, Map.of(), false);
    }

    List<String> all() {
      return Stream.of(
              paths.stream(),
              columns.keySet().stream().sorted(),
              labelColumns.keySet().stream().sorted())
          .flatMap(keys -> keys)
          .toList();
    }
  }

  /**
   * @param higherIsBetter direction
   * @param range possible values
   * @param wholeSet whether it compares candidates with each other: such a scorer takes {@code
   *     drop}
   * @param modality the one modality that it is for; empty for all
   * @param terms whether its rule declares words
   */
  record ScorerFacts(
      boolean higherIsBetter, Range range, boolean wholeSet, String modality, boolean terms) {
    /** For every modality. */
    ScorerFacts(boolean higherIsBetter, Range range, boolean wholeSet) {
      this(higherIsBetter, range, wholeSet, "", false);
    }
  }

  /**
   * @param min least possible value
   * @param max greatest possible value
   */
  record Range(double min, double max) {
    boolean contains(double value) {
      return value >= min && value <= max;
    }
  }
}
