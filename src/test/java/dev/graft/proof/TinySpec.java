package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a spec and of model definitions that run in seconds. */
final class TinySpec {
  private TinySpec() {}

  /** A whole run over the IDX files of {@code directory}, published below {@code out}. */
  static String spec(Path directory) {
    return """
    name: tiny
    modality: image
    seed: 5
    source:
      format: idx
      images: %1$s/images.idx
      labels: %1$s/labels.idx
      classes: [left, right, top]
    image: {size: 16}
    split: {tune: 0.2, test: 0.2}
    model: {define: %1$s/vae.yaml}
    judge: {define: %1$s/judge.yaml}
    examiner: {define: %1$s/examiner.yaml}
    augment:
      synthetic: {per-class: 12}
      candidates: {oversample: 2, cap: 4x}
      rounds: 2
    select:
      - {scorer: label-agreement, min: 0.01}
    evaluate:
      metrics: [coverage]
      rows: 50
      utility: {learner: %1$s/examiner.yaml, arms: [real, synthetic]}
    gates: {defaults: none}
    publish: {to: %1$s/out, rows-per-shard: 20}
    """
        .formatted(directory);
  }

  /** A whole run over pictures that the run itself makes, published below {@code out}. */
  static String generated(Path directory, int perClass, int synthetic) {
    return """
    name: quick
    modality: image
    seed: 5
    source:
      format: class-folders
      path: %1$s/images
      sample-data: {kind: shapes, per-class: %2$d, seed: 3}
    image: {size: 16, resize: stretch}
    split: {tune: 0.2, test: 0.2}
    model: {define: %1$s/vae.yaml}
    judge: {define: %1$s/judge.yaml}
    examiner: {define: %1$s/examiner.yaml}
    augment:
      synthetic: {per-class: %3$d}
      candidates: {oversample: 2, cap: 8x}
    select:
      - {scorer: label-agreement, min: 0.01}
      - {scorer: realism, min: 0.1}
      - {scorer: novelty, min: tune.p01}
      - {scorer: near-duplicate, drop: true, distance: 1}
    evaluate:
      rows: 100
      utility: {learner: %1$s/examiner.yaml, arms: [real, synthetic]}
    gates: {defaults: none}
    publish: {to: %1$s/out, rows-per-shard: 50}
    """
        .formatted(directory, perClass, synthetic);
  }

  /** Writes {@code vae.yaml}, {@code judge.yaml} and {@code examiner.yaml}. */
  static void writeDefinitions(Path directory) {
    write(
        directory.resolve("vae.yaml"),
        """
        family: vae
        architecture:
          latent: 4
          encoder: {channels: [8, 16], hidden: 32}
          decoder: {hidden: 32, channels: [16, 8, 8]}
          prior: {kind: class-mixture, components: 2}
        training:
          {steps: 150, batch: 32, learning-rate: 0.005, beta: 0.05, eval-every: 50, checkpoint-every: 50}
        """);
    write(
        directory.resolve("judge.yaml"),
        """
        family: classifier
        architecture:
          convolutions: [{channels: 8, kernel: 3, stride: 2}, {channels: 8, kernel: 3, stride: 2}]
          dense: [8]
        training: {steps: 60, batch: 32, learning-rate: 0.005, eval-every: 20}
        """);
    write(
        directory.resolve("examiner.yaml"),
        """
        family: classifier
        architecture:
          convolutions: [{channels: 8, kernel: 3, pool: 2}]
          dense: [12]
        training: {steps: 60, batch: 32, learning-rate: 0.005, eval-every: 20}
        """);
  }

  /** Replaces a piece of a file, which must be there. */
  static void edit(Path file, String old, String replacement) {
    try {
      String text = Files.readString(file);
      assertThat(text).contains(old);
      Files.writeString(file, text.replace(old, replacement));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
