package dev.graft.proof;

import static dev.graft.proof.BadCase.usage;

import java.util.stream.Stream;

/** Specs and command lines that are refused before anything starts: exit 2. */
final class BadSpecs {
  private BadSpecs() {}

  static Stream<BadCase> cases() {
    return Stream.of(keys(), values(), names(), variables(), commands()).flatMap(cases -> cases);
  }

  private static Stream<BadCase> keys() {
    return Stream.of(
        usage(
            "a mistyped key at the top",
            scene -> scene.replace("augment:", "augmnt:"),
            "spec.yaml:",
            "augmnt",
            "augment"),
        usage(
            "a mistyped key in source",
            scene -> scene.replace("  classes:", "  clases:"),
            "clases",
            "classes"),
        usage(
            "a mistyped key in a select rule",
            scene -> scene.replace("min: 0.01", "minn: 0.01"),
            "minn",
            "min"),
        usage(
            "a mistyped key in evaluate.utility",
            scene -> scene.replace("arms: ", "arm: "),
            "arm",
            "arms"),
        usage(
            "a mistyped key in a model definition",
            scene -> TinySpec.edit(scene.file("judge.yaml"), "steps:", "stepz:"),
            "judge.yaml",
            "stepz",
            "steps"),
        usage(
            "a missing section",
            scene -> scene.replace("publish: {to:", "x-publish: {to:"),
            "publish"));
  }

  private static Stream<BadCase> values() {
    return Stream.of(
        usage(
            "text where a number belongs",
            scene -> scene.replace("seed: 5", "seed: many"),
            "seed",
            "many",
            "whole number"),
        usage(
            "a list where a mapping belongs",
            scene -> scene.replace("split: {tune: 0.2, test: 0.2}", "split: [0.2, 0.2]"),
            "split"),
        usage(
            "a share above 1",
            scene -> scene.replace("tune: 0.2", "tune: 1.5"),
            "tune",
            "1.5",
            "less than 1"),
        usage(
            "parts that leave nothing to train on",
            scene -> scene.replace("{tune: 0.2, test: 0.2}", "{tune: 0.6, test: 0.5}"),
            "0.6",
            "0.5"),
        usage(
            "two targets at once",
            scene -> scene.replace("augment:", "augment:\n  multiply: 2"),
            "synthetic",
            "multiply",
            "exactly one"),
        usage(
            "a rule that no row can pass",
            scene -> scene.replace("min: 0.01", "min: 0.9, max: 0.1"),
            "label-agreement",
            "no row can pass"),
        usage(
            "a gate without a bound",
            scene -> scene.replace("{defaults: none}", "{coverage: {}}"),
            "coverage",
            "min or a max"),
        usage(
            "judge and examiner of one architecture",
            scene -> scene.replace("examiner.yaml", "judge.yaml"),
            "judge",
            "examiner",
            "same architecture"),
        usage(
            "a model both defined and loaded",
            scene -> scene.replace("model: {define:", "model: {load: vae@1, define:"),
            "define",
            "load"),
        usage(
            "a spec that is no YAML",
            scene -> scene.replace("{defaults: none}", "{coverage: [}"),
            "not valid YAML"),
        usage("an empty spec", scene -> scene.spec(""), "spec.yaml"));
  }

  private static Stream<BadCase> names() {
    return Stream.of(
        usage(
            "an unknown scorer",
            scene -> scene.replace("scorer: label-agreement", "scorer: label-agrement"),
            "label-agrement",
            "label-agreement"),
        usage(
            "an unknown metric",
            scene -> scene.replace("metrics: [coverage]", "metrics: [covrage]"),
            "covrage",
            "coverage"),
        usage(
            "an unknown modality",
            scene -> scene.replace("modality: image", "modality: imge"),
            "imge",
            "image"),
        usage(
            "an unknown source format",
            scene -> scene.replace("format: idx", "format: idxx"),
            "idxx",
            "idx"),
        usage(
            "an unknown model family",
            scene -> TinySpec.edit(scene.file("vae.yaml"), "family: vae", "family: vea"),
            "vea",
            "vae"),
        usage(
            "a gate on a figure that nobody computes",
            scene -> scene.replace("{defaults: none}", "{accuracy-of-nothing: {min: 0.5}}"),
            "accuracy-of-nothing"),
        usage(
            "a control that the family does not have",
            scene -> scene.replace("augment:", "augment:\n  controls: {guidance: 2}"),
            "guidance"),
        usage(
            "a classifier where the generator belongs",
            scene ->
                scene.replace(
                    "model: {define: " + scene.file("vae.yaml"),
                    "model: {define: " + scene.file("judge.yaml")),
            "classifier"),
        usage(
            "a definition file that is not there",
            scene -> scene.replace("vae.yaml", "no-such.yaml"),
            "no-such.yaml"),
        usage(
            "a stored model that is not there",
            scene -> scene.replace("define: " + scene.file("vae.yaml"), "load: no-such-model@1"),
            "no-such-model"));
  }

  private static Stream<BadCase> variables() {
    return Stream.of(
        usage(
            "a variable that is not set",
            scene -> scene.replace("images.idx", "${GRAFT_PROOF_NOT_SET}.idx"),
            "GRAFT_PROOF_NOT_SET"),
        usage(
            "a dated source in an undated run",
            scene -> scene.replace("images.idx", "${run-date}.idx"),
            "run-date"),
        usage(
            "a run date that is no date",
            scene -> scene.with("--run-date", "2026-02-30"),
            "2026-02-30",
            "YYYY-MM-DD"),
        usage(
            "an override of an unknown key",
            scene -> scene.with("--set", "augment.sinthetic.per-class=5"),
            "sinthetic",
            "synthetic"));
  }

  private static Stream<BadCase> commands() {
    return Stream.of(
        usage("an unknown command", scene -> scene.command("rnu"), "rnu"),
        usage("an unknown option", scene -> scene.with("--no-such-option"), "--no-such-option"),
        usage("an unknown runner", scene -> scene.with("--runner", "sparkle"), "sparkle"),
        usage(
            "an unknown Beam option",
            scene -> scene.with("--", "--noSuchBeamOption=1"),
            "noSuchBeamOption"),
        usage(
            "a working directory that is not there",
            scene -> scene.with("--dir", scene.file("elsewhere").toString()),
            "elsewhere"),
        usage(
            "a spec that is not there",
            scene -> scene.reading("no-such-spec.yaml"),
            "no-such-spec.yaml"));
  }
}
