package dev.graft.bench;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.BlockedTerms;
import dev.graft.model.Classifier.Prediction;
import dev.graft.score.Scorer;
import dev.graft.score.ScorerFactory;
import dev.graft.score.Scorers;
import dev.graft.score.ScoringBatch;
import dev.graft.score.ScoringContext;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Short texts per second of processor time that each scorer of texts looks at, and all of them
 * together, on one thread: those that need no judge. References are 3,000 requests to an assistant;
 * scored are as many others, again and again.
 *
 * <pre>... dev.graft.bench.TextScorerBenchmark 60000</pre>
 *
 * Argument: texts of a measurement; two are made after one that warms up.
 */
public final class TextScorerBenchmark {
  private static final int SIZE = 96;
  private static final int BATCH = 256;

  private TextScorerBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60_000;
    List<String> texts = RequestTexts.make();
    int half = texts.size() / 2;
    LabelledRows reference = RequestTexts.rows(texts.subList(0, half), SIZE);
    byte[] asked = RequestTexts.rows(texts.subList(half, texts.size()), SIZE).values();
    Prediction judged = new Prediction(half, 1, 1, new float[half], new float[half]);
    ScoringContext context =
        new ScoringContext(
            new DatasetSchema("text", List.of(SIZE), List.of("request")),
            reference,
            judged,
            reference,
            judged);
    Map<String, List<Scorer>> measured = new LinkedHashMap<>();
    List<Scorer> all = new ArrayList<>();
    for (ScorerFactory factory : Scorers.all()) {
      if (factory.modality().equals("text")) {
        List<String> terms =
            factory.takesTerms()
                ? BlockedTerms.digests(List.of("bad", "very bad thing"))
                : List.of();
        all.add(factory.create(context, terms));
        measured.put(factory.info().name(), List.of(all.get(all.size() - 1)));
      }
    }
    measured.put("all together", all);
    measured.forEach(
        (name, scorers) -> {
          run(scorers, asked, count);
          System.out.printf(
              "%-16s %,9.0f %,9.0f texts/s%n",
              name, run(scorers, asked, count), run(scorers, asked, count));
        });
  }

  private static double run(List<Scorer> scorers, byte[] asked, int count) {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    int batches = asked.length / SIZE / BATCH;
    int done = 0;
    for (int i = 0; done < count; i++) {
      int from = i % batches * BATCH * SIZE;
      byte[] values = Arrays.copyOfRange(asked, from, from + BATCH * SIZE);
      ScoringBatch batch = ScoringBatch.judged(new int[BATCH], SIZE, values, null);
      scorers.forEach(scorer -> scorer.score(batch));
      done += BATCH;
    }
    return done / ((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9);
  }
}
