package dev.graft.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A spec of the shipped models, trained for a moment, and the default rules. */
final class ScaleSpec {
  private ScaleSpec() {}

  /**
   * Writes it.
   *
   * @param source folder of {@link PictureFiles}
   * @param place where it and its outputs are
   * @param synthetic candidates of AUGMENT
   */
  static Path write(Path source, Path place, int synthetic) throws IOException {
    Path models = Path.of("models").toAbsolutePath();
    String quick = "set: {training.steps: 300, training.eval-every: 300}";
    Path spec = place.resolve("spec-" + synthetic + ".yaml");
    Files.writeString(
        spec,
        """
        name: scale
        seed: 1
        source:
          format: idx
          images: %1$s/images-idx3-ubyte
          labels: %1$s/labels-idx1-ubyte
          classes: ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]
        image: {size: 28, channels: grey}
        split: {tune: 0.1, test: 0.1}
        model: {define: %2$s/image-vae.yaml, %3$s}
        judge: {define: %2$s/image-judge.yaml, %3$s}
        examiner: {define: %2$s/image-examiner.yaml, %3$s}
        augment:
          synthetic: {per-class: %4$d}
          candidates: {oversample: 1, cap: 1x}
        select:
          - {scorer: label-agreement, min: 0.6}
          - {scorer: realism, min: tune.p05}
          - {scorer: novelty, min: tune.p01}
          - {scorer: near-duplicate, drop: true}
        publish: {to: %5$s/out}
        """
            .formatted(source, models, quick, synthetic / 10, place));
    return spec;
  }
}
