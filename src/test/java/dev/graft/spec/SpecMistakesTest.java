package dev.graft.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake of the table is told with its line, and nothing is read further. */
class SpecMistakesTest {
  private static final String GOOD =
      """
      name: shapes
      seed: 5
      source: {format: class-folders, path: data/shapes}
      image: {size: 28}
      split: {tune: 0.2}
      model: {define: vae.yaml}
      augment:
        synthetic: {per-class: 100}
      select:
        - {scorer: label-agreement, min: 0.5}
      evaluate: {metrics: [coverage], utility: {arms: [real]}}
      gates: {coverage: {min: 0.5}}
      publish: {to: out/shapes}
      """;

  @TempDir Path folder;

  private GraftException mistake(String yaml) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), yaml);
    SpecRequest request = new SpecRequest(Path.of("s.yaml"), folder, List.of(), Map.of(), "");
    return catchThrowableOfType(
        GraftException.class,
        () -> new PipelineSpecReader(new FixedVocabulary(), folder).read(request));
  }

  @Test
  void aClassOfATargetMustBeOneThatTheSourceLists() throws IOException {
    String yaml =
        GOOD.replace("path: data/shapes", "path: data/shapes, classes: [dot, ring]")
            .replace("{per-class: 100}", "{per-class: 100, classes: {ring: 5, star: 9}}");
    assertThat(mistake(yaml))
        .hasMessage(
            "s.yaml:8: augment.synthetic.classes names \"star\", which is none of source.classes:"
                + " dot, ring");
  }

  @Test
  void modelsWithoutModesAreRefusedAtTheMode() throws IOException {
    String yaml =
        GOOD.replace("{define: vae.yaml}", "{define: still-life.yaml}")
            .replace(
                "synthetic: {per-class: 100}",
                "synthetic: {per-class: 100}\n  mode: {vary: real, strength: 0.3}");
    assertThat(mistake(yaml).getMessage())
        .startsWith("s.yaml:9: a model of the family external cannot vary; it has no modes;");
  }

  @Test
  void modelsThatNeedAModeAreRefusedWithoutOne() throws IOException {
    assertThat(mistake(GOOD.replace("{define: vae.yaml}", "{define: change.yaml}")).getMessage())
        .startsWith(
            "s.yaml:7: a model of the family vae draws nothing by itself; write augment.mode, which"
                + " may be vary, interpolate");
  }

  @Test
  void theUnchangedSpecIsGood() throws IOException {
    assertThat(mistake(GOOD)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: shapes              | nmae: shapes                          | s.yaml:1: unknown key "nmae"; allowed: name, modality,
          name: shapes              | nmae: shapes                          | did you mean "name"?
          name: shapes              | name: My Shapes                       | s.yaml:1: name is "My Shapes": expected lower-case letters
          seed: 5                   | seed: five                            | s.yaml:2: seed is "five": expected a whole number, found text
          seed: 5                   | seed: 5\\nseed: 6                     | s.yaml:3: duplicate key "seed"; it is already set in line 2
          seed: 5                   | modality: imge                        | s.yaml:2: unknown modality "imge"; known: audio, image; did you mean "image"?
          seed: 5                   | audio: {rate: 8000}                   | s.yaml:2: the section audio belongs to the modality audio; this spec's modality is image
          format: class-folders     | format: class-folder                  | s.yaml:3: unknown source format "class-folder"; known: class-folders, idx, parquet; did you mean "class-folders"?
          format: class-folders     | format: idx                           | s.yaml:3: missing key "images" in source; the format idx needs images, labels
          format: class-folders     | format: idx                           | s.yaml:3: the format idx has no key "path"; it takes images, labels
          path: data/shapes         | pth: data/shapes                      | s.yaml:3: unknown key "pth" in source; allowed:
          path: data/shapes         | path: "data/${run-date}"              | s.yaml:3: source.path holds ${run-date}; give the date with --run-date YYYY-MM-DD
          path: data/shapes         | path: "${NOWHERE}/x"                  | s.yaml:3: the environment variable NOWHERE is not set; set it, or write ${NOWHERE:-default}
          path: data/shapes         | path: x, max-bad-records: 2           | s.yaml:3: source.max-bad-records is 2: must be at most 1
          path: data/shapes         | path: x, max-bad-records: 200%        | s.yaml:3: source.max-bad-records is 200%: must be at most 100%
          path: data/shapes         | path: x, limits: {bytes: 3 apples}    | s.yaml:3: source.limits.bytes is "3 apples": expected a number of bytes, or a size such as 32MiB
          path: data/shapes         | path: x, synthetic: alow              | s.yaml:3: source.synthetic is "alow": allowed: refuse, allow; did you mean "allow"?
          path: data/shapes         | path: x, classes: [a, b, a]           | s.yaml:3: source.classes: holds a value twice
          image: {size: 28}         | image: {size: 28, chanels: grey}      | s.yaml:4: unknown key "chanels" in image; allowed: size, channels, resize, flip; did you mean "channels"?
          image: {size: 28}         | image: {size: 28, channels: gray}     | s.yaml:4: image.channels is "gray": allowed: grey, colour; did you mean "grey"?
          image: {size: 28}         | image: {size: 2}                      | s.yaml:4: image.size is 2: must be at least 4
          image: {size: 28}         | image: {size: [28]}                   | s.yaml:4: image.size: must have at least 2 items
          image: {size: 28}         | judge: {define: judge.yaml}           | s.yaml:1: the section `image` is missing
          {tune: 0.2}               | {tune: 0}                             | s.yaml:5: split.tune is 0: must be greater than 0
          {tune: 0.2}               | {tune: 0.6, test: 0.4}                | s.yaml:5: split.tune 0.6 and split.test 0.4 leave nothing to train on; together they must be below 1
          {tune: 0.2}               | {tune: 0.9}                           | s.yaml:5: split.tune 0.9 and split.test 0.15 leave nothing to train on
          {tune: 0.2}               | {tune: 0.2, by: speaker}              | s.yaml:5: split.by names a column of the source, and the format class-folders has none; remove it
          {define: vae.yaml}        | {}                                    | s.yaml:6: model must have exactly one of define (a definition file) and load (name@version)
          {define: vae.yaml}        | {define: vae.yaml, load: a@3}         | s.yaml:6: model must have exactly one of define
          {define: vae.yaml}        | {define: none.yaml}                   | s.yaml:6: none.yaml: there is no such file
          {define: vae.yaml}        | {load: shapes}                        | s.yaml:6: model.load is "shapes": expected name@version, such as fashion-vae@3
          {define: vae.yaml}        | {load: shapes@9}                      | s.yaml:6: the store has no shapes@9; it has 1, 2, 3
          {define: vae.yaml}        | {define: vae.yaml, fine-tune: {steps: 9}} | s.yaml:6: model.fine-tune trains a stored model further; give load in place of define
          {define: vae.yaml}        | {load: external@3, fine-tune: {}}     | s.yaml:6: external cannot be trained further
          {define: vae.yaml}        | {load: shapes@9, fine-tune: {}}       | s.yaml:6: the store has no shapes@9
          {define: vae.yaml}        | {define: vae.yaml, tune: {trials: 9}}  | s.yaml:6: missing key "steps" in model.tune
          {define: vae.yaml}        | {define: vae.yaml, tune: {trials: 1, steps: 9}} | s.yaml:6: model.tune.trials is 1: must be at least 2
          {define: vae.yaml}        | {define: vae.yaml, tune: {trials: 9, steps: 9, eta: 1}} | s.yaml:6: model.tune.eta is 1: must be at least 2
          {define: vae.yaml}        | {define: vae.yaml, tune: {trials: 9, minutes: 9}} | s.yaml:6: unknown key "minutes" in model.tune; allowed: trials, steps, eta, by
          {define: vae.yaml}        | {load: shapes@3, tune: {trials: 9, steps: 9}} | s.yaml:6: model.tune chooses the settings of a definition; a loaded model has its own
          {define: vae.yaml}        | {define: fixed-vae.yaml, tune: {trials: 9, steps: 9}} | fixed-vae.yaml: the definition has no ranges
          seed: 5                   | judge: {define: judge.yaml, tune: {trials: 9, steps: 9}} | s.yaml:2: judge.tune: only the generator is tuned; leave tune out, or move it to model
          {define: vae.yaml}        | {load: shapes@3, set: {a: 1}}         | s.yaml:6: model.set changes a definition; a loaded model has its own
          seed: 5                   | examiner: {define: judge.yaml}        | s.yaml:2: judge and examiner have the same architecture
          synthetic: {per-class: 100} | rounds: 2                           | s.yaml:7: augment must have exactly one of synthetic, total, multiply, balance; it has none
          synthetic: {per-class: 100} | total: {per-class: 9}\\n  multiply: 2 | s.yaml:9: augment must have exactly one of synthetic, total, multiply, balance; it has total and multiply
          synthetic: {per-class: 100} | synthetic: 100                      | s.yaml:8: augment.synthetic is 100: expected a mapping (key: value), found a whole number
          synthetic: {per-class: 100} | synthetic: {per-class: 9, classes: {cat: -1}} | s.yaml:8: augment.synthetic.classes.cat is -1
          synthetic: {per-class: 100} | multiply: 0                         | s.yaml:8: augment.multiply is 0: must be greater than 0
          synthetic: {per-class: 100} | balance: {to: biggest}              | s.yaml:8: augment.balance.to is "biggest": allowed: largest
          synthetic: {per-class: 100} | balance: {cap: 5 times}             | s.yaml:8: augment.balance.cap is "5 times": expected a factor such as 1.5 or 5x
          synthetic: {per-class: 100} | multiply: 1\\n  rounds: 4           | s.yaml:9: augment.rounds is 4: must be at most 3
          synthetic: {per-class: 100} | multiply: 1\\n  candidates: {oversample: 0.5} | s.yaml:9: augment.candidates.oversample is 0.5: must be at least 1 candidate per row wanted
          synthetic: {per-class: 100} | multiply: 1\\n  candidates: {oversample: 3, cap: 2x} | s.yaml:9: augment.candidates.cap 2.0 is below oversample 3.0
          synthetic: {per-class: 100} | multiply: 1\\n  exclude-published: true | s.yaml:9: augment.exclude-published needs the rule that says what is near; add {scorer: near-duplicate, drop: true} to select, or set it to false
          synthetic: {per-class: 100} | multiply: 1\\n  exclude-published: 7d | s.yaml:9: augment.exclude-published is "7d": expected true or false
          synthetic: {per-class: 100} | multiply: 1\\n  controls: {truncation: high} | s.yaml:9: control truncation is "high"; allowed: a number
          synthetic: {per-class: 100} | multiply: 1\\n  controls: {prefix: 3} | s.yaml:9: control prefix is 3; allowed: a text, or a list of texts
          synthetic: {per-class: 100} | multiply: 1\\n  controls: {prefix: [3]} | s.yaml:9: augment.controls.prefix[0] is 3: expected text, found a whole number
          synthetic: {per-class: 100} | multiply: 1\\n  controls: {prefx: a} | s.yaml:9: unknown control "prefx"; known: prefix, truncation; did you mean "prefix"?
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {} | s.yaml:9: augment.mode must have exactly one of vary, interpolate, mix-classes; it has none
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {vary: real, strength: 0.3, interpolate: rows} | s.yaml:9: augment.mode must have exactly one of vary, interpolate, mix-classes; it has vary and interpolate
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {vary: real} | s.yaml:9: augment.mode: vary needs strength, above 0 to 1, for example strength: 0.3
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {vary: real, strength: 0} | s.yaml:9: augment.mode.strength is 0: must be greater than 0
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {vary: real, strength: 1.1} | s.yaml:9: augment.mode.strength is 1.1: must be at most 1
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {vary: rael, strength: 1} | s.yaml:9: augment.mode.vary is "rael": allowed: real; did you mean "real"?
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {interpolate: rows, strength: 1} | s.yaml:9: augment.mode.strength does nothing beside interpolate, which takes labels; remove it
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {interpolate: rows, labels: mixed} | s.yaml:9: augment.mode.labels is mixed, but both ends of interpolate: rows are of one class
          synthetic: {per-class: 100} | multiply: 1\\n  mode: {mix-classes: any} | s.yaml:9: a model of the family vae cannot mix-classes; it can vary, interpolate; leave augment.mode out, or take another model
          scorer: label-agreement   | scorer: label-agreemnt                | s.yaml:10: unknown scorer "label-agreemnt"; known: forbidden, label-agreement, near-duplicate, noise, realism, well-formed; did you mean "label-agreement"?
          min: 0.5}                 | min: 1.5}                             | s.yaml:10: 1.5 is outside the scorer's range, 0.0 to 1.0
          min: 0.5}                 | min: tune.5}                          | s.yaml:10: select[0].min is "tune.5": expected a number, or a percentile of real tune rows such as tune.p05
          min: 0.5}                 | drop: true}                           | s.yaml:10: label-agreement marks nothing to drop; use min, max, quantile or top-per-class
          min: 0.5}                 | top-per-class: 9, drop: true}         | s.yaml:10: the rule on label-agreement must have exactly one of min, max, quantile, top-per-class, drop (or min with max); it has top-per-class and drop
          min: 0.5}                 | min: 0.5, max: 0.4}                   | s.yaml:10: no row can pass: the min of label-agreement is not below its max
          min: 0.5}                 | min: tune.p95, max: tune.p05}         | s.yaml:10: no row can pass: the min of label-agreement is not below its max
          {scorer: label-agreement, min: 0.5} | {scorer: noise, max: 0.5}\\n  - {scorer: noise, max: 0.6} | s.yaml:11: a second max rule on noise; the first is in line 10
          {scorer: label-agreement, min: 0.5} | {scorer: near-duplicate, max: 0.1} | s.yaml:10: near-duplicate compares candidates with each other; write drop: true
          {scorer: label-agreement, min: 0.5} | {scorer: realism, min: 1, distance: 2} | s.yaml:10: distance goes with drop: true
          {scorer: label-agreement, min: 0.5} | {scorer: realism, min: 1, words: [a]} | s.yaml:10: realism looks for no words; leave words and file out
          {scorer: label-agreement, min: 0.5} | {scorer: forbidden, max: 0} | s.yaml:10: forbidden needs what to look for: words: [...], a file of words, one on a line, or both
          {scorer: label-agreement, min: 0.5} | {scorer: forbidden, max: 0, words: []} | s.yaml:10: select[0].words: must have at least 1 item
          {scorer: label-agreement, min: 0.5} | {scorer: forbidden, max: 0, words: ["*"]} | s.yaml:10: a term holds a star
          {scorer: label-agreement, min: 0.5} | {scorer: forbidden, max: 0, file: none.txt} | s.yaml:10: none.txt: there is no such file
          [coverage]                | [covrage]                             | s.yaml:11: unknown metric "covrage"; known: coverage, density; did you mean "coverage"?
          arms: [real]              | arms: [real], learner: vae.yaml       | s.yaml:11: evaluate.utility.learner is of the family vae, which draws samples and classifies nothing; give a classifier
          arms: [real]              | arms: [real], learner: small-learner.yaml | s.yaml:11: small-learner.yaml: images of {"size":28
          {define: vae.yaml}        | {define: small-vae.yaml}              | s.yaml:6: small-vae.yaml: images of {"size":28
          arms: [real]              | arms: [real], classical: vae.yaml     | s.yaml:11: vae.yaml is of the family vae; give a definition of the family classical
          arms: [real]              | arms: [both], learner: external-learner.yaml | s.yaml:11: external-learner.yaml is a head on a network that stays as it is, which cannot learn from classical augmentation
          path: data/shapes         | path: x, take: {per-class: 2}         | s.yaml:3: source.take.per-class is 2: must be at least 3
          path: data/shapes         | path: x, take: {classes: {a: 9}}      | s.yaml:3: missing key "per-class" in source.take
          arms: [real]              | arms: [reel]                          | s.yaml:11: unknown arm "reel"; known: real, classical, generated, both, synthetic; did you mean "real"?
          arms: [real]              | arms: [real, {arm: real, seeds: 3}]   | s.yaml:11: the arm real is there twice
          arms: [real]              | arms: [real], choose: {stps: [9]} | s.yaml:11: unknown key "stps" in evaluate.utility.choose; allowed: steps, ratio; did you mean "steps"?
          arms: [real]              | arms: [real], choose: {} | s.yaml:11: choose needs steps, ratio or both
          arms: [real]              | arms: [real], choose: [600] | s.yaml:11: evaluate.utility.choose: expected a mapping (key: value), found a list
          arms: [real]              | arms: [real], choose: {steps: 600} | s.yaml:11: evaluate.utility.choose.steps is 600: expected a list, found a whole number
          arms: [real]              | arms: [real], choose: {steps: []} | s.yaml:11: evaluate.utility.choose.steps: must have at least 1 item
          arms: [real]              | arms: [real], choose: {steps: [5, 0]} | s.yaml:11: evaluate.utility.choose.steps[1] is 0: must be at least 1
          arms: [real]              | arms: [real], choose: {steps: [5, 5]} | s.yaml:11: evaluate.utility.choose.steps: holds a value twice
          arms: [real]              | arms: [real], choose: {steps: [1.5]} | s.yaml:11: evaluate.utility.choose.steps[0] is 1.5: expected a whole number, found a number
          arms: [real]              | arms: [real], choose: {ratio: []} | s.yaml:11: evaluate.utility.choose.ratio: must have at least 1 item
          arms: [real]              | arms: [real], choose: {ratio: [4]} | s.yaml:11: evaluate.utility.choose.ratio[0] is 4: expected text, found a whole number
          arms: [real]              | arms: [real], choose: {ratio: [0:1]} | s.yaml:11: evaluate.utility.choose.ratio[0] is "0:1": expected real to synthetic rows, each from 1 to 9, such as 4:1
          arms: [real]              | arms: [real], choose: {ratio: [1:1, 2:2]} | s.yaml:11: the ratio 1:1 is there twice
          {coverage: {min: 0.5}}    | {covrage: {min: 0.5}}                 | s.yaml:12: unknown gate "covrage"; known: coverage, density, shortfall, copied-rows, synthetic-accuracy, real-gain, examiner-agreement; did you mean "coverage"?
          {coverage: {min: 0.5}}    | {density: {min: 0.5}}                 | s.yaml:12: the gate on density needs the metric: add it to evaluate.metrics
          {coverage: {min: 0.5}}    | {synthetic-accuracy: {min: 0.5}}      | s.yaml:12: the gate on synthetic-accuracy needs the arm synthetic: add it to evaluate.utility.arms
          {coverage: {min: 0.5}}    | {real-gain: {min: 0}}                 | s.yaml:12: the gate on real-gain needs the arm classical: add it to evaluate.utility.arms
          {coverage: {min: 0.5}}    | {coverage: {}}                        | s.yaml:12: the gate on coverage needs a min or a max
          {coverage: {min: 0.5}}    | {coverage: {min: 1.5}}                | s.yaml:12: 1.5 is outside the metric's range, 0.0 to 1.0
          {coverage: {min: 0.5}}    | {coverage: {min: 0.5, max: 0.4}}      | s.yaml:12: no figure can pass: min 0.5 is above max 0.4
          {coverage: {min: 0.5}}    | {coverage: {max: tune-to-train}}      | s.yaml:12: tune-to-train belongs to copied-rows; give a number
          {coverage: {min: 0.5}}    | {shortfall: {max: 0.1, relative-to: tune}} | s.yaml:12: shortfall has no figure of real rows to be relative to
          {coverage: {min: 0.5}}    | {density: {max: 0.1, relative-to: tune-to-one}} | s.yaml:12: density is no share of 1, so there is no way to 1; give relative-to: tune
          {coverage: {min: 0.5}}    | {coverage: {max: 1.5, relative-to: tune-to-one}} | s.yaml:12: 1.5 is outside the metric's range, 0.0 to 1.0
          {coverage: {min: 0.5}}    | {copied-rows: {max: 0.1, per-class: worst}} | s.yaml:12: copied-rows has no figures per class; leave per-class out
          publish: {to: out/shapes} | publish: {}                           | s.yaml:13: missing key "to" in publish
          publish: {to: out/shapes} | publish: {to: "out/${run-date}"}      | s.yaml:13: publish.to: ${run-date} stands in source paths only
          publish: {to: out/shapes} | publish: {to: x, parts: [train]}      | s.yaml:13: publish.parts[0] is "train": allowed: tune, test
          publish: {to: out/shapes} | publish: {to: x, include-real: false, parts: [test]} | s.yaml:13: publish.parts asks for real rows, but publish.include-real is false
          publish: {to: out/shapes} | publish: {to: x                       | s.yaml:14: not valid YAML
          """)
  void isToldWithItsLine(String right, String wrong, String message) throws IOException {
    String yaml = GOOD.replace(right, wrong.replace("\\n", "\n"));
    assertThat(yaml).isNotEqualTo(GOOD);
    GraftException mistake = mistake(yaml);
    assertThat(mistake).isNotNull();
    assertThat(mistake.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(mistake.getMessage()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {when: monthly}           | s.yaml:14: retrain.when is "monthly": allowed: changed, age, drift, never
          {days: 3}                 | s.yaml:14: missing key "when" in retrain
          {when: age}               | s.yaml:14: retrain.when: age needs retrain.days, for example 30
          {when: age, days: 0}      | s.yaml:14: retrain.days is 0: must be at least 1
          {when: drift}             | s.yaml:14: retrain.when: drift needs retrain.over, for example 0.1
          {when: never, over: 0.1}  | s.yaml:14: retrain.over is for when: drift; here it would do nothing: remove it
          """)
  void tellsWhatIsWrongWithTheRetrainRule(String section, String message) throws IOException {
    assertThat(mistake(GOOD + "retrain: " + section + "\n").getMessage()).contains(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {ratios: [1x]}                    | s.yaml:14: missing key "sizes" in study
          {sizes: [2]}                      | s.yaml:14: study.sizes[0] is 2: must be at least 3
          {sizes: [50], ratio: [1x]}        | s.yaml:14: unknown key "ratio" in study
          {sizes: [50], ratios: [0x]}       | s.yaml:14: study.ratios: "0x"; must be above 0 and at most 1000
          {sizes: [50], ratios: [1x, 1]}    | s.yaml:14: the ratio 1 is there twice
          {sizes: [50], seeds: 1}           | s.yaml:14: study.seeds is 1: must be at least 2
          {sizes: [50], arms: [real, bth]}  | s.yaml:14: unknown arm "bth"; known: real, classical, generated, both, synthetic; did you mean "both"?
          {sizes: [50], arms: [both]}       | s.yaml:14: study.arms has [both]; a study holds one of generated and both against one of real and classical
          {sizes: [50], choose: {}}         | s.yaml:14: choose needs steps, ratio or both
          """)
  void tellsWhatIsWrongWithTheStudy(String section, String message) throws IOException {
    assertThat(mistake(GOOD + "study: " + section + "\n").getMessage()).contains(message);
  }

  @Test
  void rowsAreAimedAtConfusionsOrUncoveredRows() throws IOException {
    assertThat(
            mistake(GOOD.replace("per-class: 100}", "per-class: 100}\n  target: {where: here}"))
                .getMessage())
        .contains("s.yaml:9: augment.target.where is \"here\": allowed: confusions, uncovered");
  }

  @Test
  void aStudyTrainsItsModelsOnItsOwnRows() throws IOException {
    String study = GOOD + "study: {sizes: [50]}\n";
    assertThat(mistake(study)).isNull();
    assertThat(mistake(study.replace("{define: vae.yaml}", "{load: vae@3}")).getMessage())
        .startsWith("s.yaml:6: a study trains its models on the rows of each size");
    assertThat(
            mistake(study.replace("{define: vae.yaml}", "{load: vae@3, fine-tune: {steps: 5}}"))
                .getMessage())
        .startsWith("s.yaml:6: a study trains its models on the rows of each size");
    assertThat(
            mistake(
                    study
                        .replace("format: class-folders", "format: parquet")
                        .replace("{tune: 0.2}", "{tune: 0.2, by: speaker}"))
                .getMessage())
        .startsWith("s.yaml:14: study draws single rows and split.by keeps groups whole");
  }

  @Test
  void figuresOfArmsHaveNoWorstClass() throws IOException {
    String yaml =
        GOOD.replace("arms: [real]", "arms: [synthetic]")
            .replace(
                "{coverage: {min: 0.5}}", "{synthetic-accuracy: {min: 0.5, per-class: worst}}");
    assertThat(mistake(yaml).getMessage())
        .startsWith("s.yaml:12: synthetic-accuracy has no figures per class");
  }

  @Test
  void agreementOfTheExaminerMayBeRelativeToRealRows() throws IOException {
    String gate = "{examiner-agreement: {min: 0.9, relative-to: tune, per-class: worst}}";
    assertThat(mistake(GOOD.replace("{coverage: {min: 0.5}}", gate))).isNull();
  }

  @Test
  void anOfficialTestSetExcludesATestSplit() throws IOException {
    String yaml =
        GOOD.replace("path: data/shapes", "path: a, test: {path: b}")
            .replace("{tune: 0.2}", "{tune: 0.2, test: 0.1}");
    assertThat(mistake(yaml).getMessage())
        .startsWith("s.yaml:5: split.test and source.test exclude each other");
  }

  @Test
  void mistakesOfTheShapeAndOfTheMeaningAreToldTogether() throws IOException {
    String yaml =
        GOOD.replace("seed: 5", "seed: x")
            .replace("label-agreement", "agreement")
            .replace("tune: 0.2", "tune: 0.2, test: 0.9")
            .replace("[coverage]", "[covrage]");
    assertThat(mistake(yaml).getMessage().lines().map(line -> line.substring(0, 10)))
        .containsExactly("s.yaml:2: ", "s.yaml:5: ", "s.yaml:10:", "s.yaml:11:", "s.yaml:12:");
  }

  @Test
  void mistakesOfADefinitionNameItsOwnFileAndLine() throws IOException {
    Files.writeString(folder.resolve("real-vae.yaml"), "name: v\narchitecture:\n  latnet: 3\n");
    assertThat(mistake(GOOD.replace("vae.yaml", "real-vae.yaml")).getMessage())
        .contains("real-vae.yaml:3: unknown key \"latnet\" in architecture");
    assertThat(mistake(GOOD.replace("vae.yaml", "vae.yaml, set: {architecture: {latnet: 3}}")))
        .isNull();
    Files.writeString(folder.resolve("real-vae.yaml"), "name: v\n");
    assertThat(
            mistake(GOOD.replace("vae.yaml", "real-vae.yaml, set: {architecture: {latent: 0}}"))
                .getMessage())
        .isEqualTo(
            "s.yaml:6: --set architecture.latent=0: architecture.latent is 0: must be at least 1");
  }

  private static final String PARTS =
      """
      name: pairs
      modality: audio
      source: {format: parquet, path: data/pairs, image: [left, right]}
      audio: {parts: [question, answer]}
      model: {define: vae.yaml}
      augment: {synthetic: {per-class: 100}}
      select:
        - {scorer: well-formed, min: 0.5}
      publish: {to: out/pairs}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          image: [left, right]              | image: [a, b, c]           | s.yaml:3: source.image names 3 columns, and a row has 2 parts, question, answer; name one for each, in their order
          image: [left, right]              | image: left                | s.yaml:3: source.image names 1 column, and a row has 2 parts
          image: [left, right]              | image: [left, "a\tb"]     | s.yaml:3: source.image holds a tab; allowed: names without
          image: [left, right]              | image: [left, 7]           | s.yaml:3: source.image
          image: [left, right]              | image: [left, right], test: {path: x, image: left} | s.yaml:3: source.test.image names 1 column
          {parts: [question, answer]}       | {rate: 1}                  | s.yaml:3: source.image names 2 columns, and a row is one value; name one, or declare the parts
          parquet, path: data/pairs, image: [left, right] | class-folders, path: x | s.yaml:3: a row has the parts question, answer, and a record of the format class-folders is one value; formats for parts: parquet
          well-formed                       | realism                    | s.yaml:7: select lets rows pass that lack one of the parts question, answer; add {scorer: well-formed, min: 0.9}
          """)
  void mistakesOfPartsAreToldWithTheirLine(String good, String bad, String message)
      throws IOException {
    String yaml = PARTS.replace(good, bad);
    assertThat(mistake(yaml)).isNotNull();
    assertThat(mistake(yaml).getMessage()).contains(message);
  }

  private static final String SPANS =
      PARTS
          .replace("{parts: [question, answer]}", "{spans: [city, date]}")
          .replace("image: [left, right]", "spans: slots");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {spans: [city, date]}                        | {rate: 1}                  | s.yaml:3: source.spans names a column of spans, and no kinds of spans are declared; declare them
          spans: slots                                 | tags: slots, spans: other  | s.yaml:3: source has both spans and tags; allowed: one of them
          parquet, path: data/pairs, spans: slots      | class-folders, path: x     | s.yaml:3: a row has spans (city, date), and a record of the format class-folders has no column for them; formats for spans: parquet
          well-formed                                  | realism                    | s.yaml:7: select lets rows pass whose marks of spans do not pair up, of city, date; add {scorer: well-formed, min: 0.9}
          spans: slots                                 | spans: 7                   | s.yaml:3: source.spans
          spans: slots                                 | spans: slots, test: {path: x, tags: t, spans: s} | s.yaml:3: source.test has both spans and tags
          """)
  void mistakesOfSpansAreToldWithTheirLine(String good, String bad, String message)
      throws IOException {
    assertThat(mistake(SPANS.replace(good, bad)).getMessage()).contains(message);
  }

  @Test
  void partsAndSpansAreColumnsOfTheirNamesUnlessTheSourceSaysOtherwise() throws IOException {
    assertThat(mistake(PARTS)).isNull();
    assertThat(mistake(PARTS.replace(", image: [left, right]", ""))).isNull();
    assertThat(mistake(SPANS)).isNull();
    assertThat(mistake(SPANS.replace(", spans: slots", ""))).isNull();
    assertThat(mistake(SPANS.replace("spans: slots", "tags: slots"))).isNull();
  }
}
