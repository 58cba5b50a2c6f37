package dev.graft.bench;

import dev.graft.data.io.Storage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a text costs INGEST, and AUGMENT with the scorers of texts and the search for near copies,
 * each in a process of its own: 312,250 utterances of dialogues (Rastogi et al. 2020) from {@code
 * GRAFT_DATA} are read, and as many are made from them by classical augmentation. What the fewest
 * texts take is told beside it, for it is start-up and what is learned of the training texts.
 *
 * <pre>... dev.graft.bench.TextScaleBenchmark 1g 312250</pre>
 *
 * Arguments: heap of the measured processes, number of texts to make.
 */
public final class TextScaleBenchmark {
  private static final int FEW = 2_000;
  private static final int UTTERANCES = 312_250;
  private static final Path DIRECTORY = Path.of("target/text-scale").toAbsolutePath();

  private TextScaleBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    String data = System.getenv("GRAFT_DATA");
    if (data == null) {
      System.out.println("skipped: GRAFT_DATA is not set, and the utterances are there");
      return;
    }
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : UTTERANCES;
    Storage.delete(DIRECTORY.toString());
    Files.createDirectories(DIRECTORY);
    StageProcess stages = new StageProcess(DIRECTORY, arguments.length > 0 ? arguments[0] : "1g");
    Path few = spec(data, FEW);
    tell("ingest", UTTERANCES, stages.run("ingest", few.toString()));
    tell("train", UTTERANCES, stages.run("train", few.toString()));
    tell("augment", FEW, stages.run("augment", few.toString()));
    tell("augment", count, stages.run("augment", spec(data, count).toString()));
    Storage.delete(DIRECTORY.toString());
  }

  private static void tell(String stage, int texts, StageProcess.Use use) {
    System.out.printf(
        "%-8s %,9d texts in %6.1f s, %,7.0f a second, %,.0f MB resident at most%n",
        stage, texts, use.seconds(), texts / use.seconds(), use.peakMb());
  }

  private static Path spec(String data, int synthetic) throws Exception {
    Path models = Path.of("models").toAbsolutePath();
    String quick = "set: {training.steps: 300, training.eval-every: 300}";
    Path spec = DIRECTORY.resolve("spec-" + synthetic + ".yaml");
    Files.writeString(
        spec,
        """
        name: text-scale
        modality: text
        seed: 1
        source:
          format: jsonl
          path: %1$s/load/sgd-utterances/sgd-utterances.jsonl.gz
          label: speaker
        text: {max-bytes: 256}
        split: {tune: 0.02, test: 0.02}
        model: {define: %2$s/text-classical.yaml, set: {training.rows-per-class: 1000000}}
        judge: {define: %2$s/text-judge.yaml, %3$s}
        examiner: {define: %2$s/text-examiner.yaml, %3$s}
        augment:
          synthetic: {per-class: %4$d}
          candidates: {oversample: 1, cap: 1x}
        select:
          - {scorer: label-agreement, min: 0.3}
          - {scorer: well-formed, min: 1}
          - {scorer: personal-data, max: 0}
          - {scorer: repetition, max: tune.p99}
          - {scorer: copied-span, max: 0.95}
          - {scorer: near-duplicate, drop: true}
        publish: {to: %5$s/out}
        """
            .formatted(data, models, quick, synthetic / 2, DIRECTORY));
    return spec;
  }
}
