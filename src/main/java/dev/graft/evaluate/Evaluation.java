package dev.graft.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.copies.CopyFigures;
import dev.graft.evaluate.gate.GateResult;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.MissedFigures;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.watch.WatchStory;
import dev.graft.stage.StageOutput;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code metrics.json}: everything that EVALUATE measured. Equal inputs give equal
 * bytes: no clock, rounded figures, sorted keys.
 *
 * @param protocol how it was measured
 * @param versions of code and libraries that the figures may depend on, by name
 * @param real rows of each real part, by {@code train}, {@code tune} and {@code test}
 * @param selection what was generated and kept
 * @param controls how many rows are what each control has asked for; empty where none shows in rows
 * @param metrics before and after selection, beside real against real
 * @param missed real test rows that no accepted row comes near, by class; empty where there are too
 *     few rows to tell
 * @param ensemble coverage of each member and of the whole; null where the generator is no ensemble
 * @param utility the comparison of arms
 * @param copies nearest-copy check
 * @param training what was seen of the generator's training; null where nobody looked
 * @param tuning how the generator's settings were chosen; null where they are its definition's own
 * @param gates in the order of the spec
 * @param test how often the test part has been read
 */
public record Evaluation(
    Protocol protocol,
    Map<String, String> versions,
    Map<String, Integer> real,
    SelectionFigures selection,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, ControlFigures> controls,
    QualityFigures metrics,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<MissedFigures> missed,
    @JsonInclude(JsonInclude.Include.NON_NULL) EnsembleFigures ensemble,
    UtilityFigures utility,
    CopyFigures copies,
    @JsonInclude(JsonInclude.Include.NON_NULL) WatchStory training,
    @JsonInclude(JsonInclude.Include.NON_NULL) TuningStory tuning,
    List<GateResult> gates,
    TestReads.Reads test) {
  /** Name of the file in the stage's output. */
  public static final String FILE = "metrics.json";

  public Evaluation {
    controls = controls == null ? Map.of() : controls;
    missed = missed == null ? List.of() : List.copyOf(missed);
    gates = List.copyOf(gates);
  }

  /** The evaluation that a committed EVALUATE has written. */
  public static Evaluation read(StageOutput output) {
    return Json.read(Storage.read(output.file(FILE)), Evaluation.class);
  }

  /** Whether publishing may go on. */
  public boolean passed() {
    return gates.stream().allMatch(GateResult::passed);
  }

  /**
   * How it was measured.
   *
   * @param examiner name of the examiner, whose features metrics compare
   * @param examinerDigest its version
   * @param neighbours k of precision, recall, density and coverage
   * @param mostRows most rows of one side over all classes
   * @param mostRowsPerClass most rows of one side in one class
   * @param seed chooses the subsets
   * @param statements the rest in words
   */
  public record Protocol(
      String examiner,
      String examinerDigest,
      int neighbours,
      int mostRows,
      int mostRowsPerClass,
      long seed,
      List<String> statements) {
    public Protocol {
      statements = List.copyOf(statements);
    }
  }
}
