package dev.graft.bench;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.store.OpenModels;
import dev.graft.score.ReferenceSubset;
import dev.graft.score.ScoreScale;
import dev.graft.score.Scorer;
import dev.graft.score.Scorers;
import dev.graft.score.ScoringBatch;
import dev.graft.score.ScoringContext;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The arithmetic of AUGMENT and nothing else: each thread asks the generator for batches and
 * encodes them, and where there are scorers scores them; all results are dropped.
 */
final class BareLoop {
  private final Sampler sampler;
  private final PayloadCodec codec;
  private final Classifier judge;
  private final List<Scorer> scorers;
  private final int rowSize;
  private final int classes;

  BareLoop(
      Sampler sampler,
      PayloadCodec codec,
      Classifier judge,
      List<Scorer> scorers,
      int rowSize,
      int classes) {
    this.sampler = sampler;
    this.codec = codec;
    this.judge = judge;
    this.scorers = scorers;
    this.rowSize = rowSize;
    this.classes = classes;
  }

  /** With the models that were trained, and the scorers of such rules but for near-duplicates. */
  static BareLoop of(BenchmarkInputs inputs, List<SelectRule> rules) {
    Classifier judge = OpenModels.classifier(inputs.store(), inputs.judgeDigest());
    LabelledRows reference =
        ReferenceSubset.OF_TRAIN.choose(BenchmarkInputs.pictures(Part.TRAIN), 1);
    LabelledRows tune = ReferenceSubset.OF_TUNE.choose(BenchmarkInputs.pictures(Part.TUNE), 1);
    ScoringContext context =
        new ScoringContext(
            BenchmarkInputs.SCHEMA,
            reference,
            judge.predict(reference.values(), reference.size()),
            tune,
            judge.predict(tune.values(), tune.size()));
    List<Scorer> scorers =
        rules.stream()
            .filter(rule -> rule.kind() != Kind.DROP)
            .map(rule -> Scorers.get(rule.scorer()).create(context))
            .toList();
    return new BareLoop(
        OpenModels.sampler(inputs.store(), inputs.generatorDigest()),
        Modalities.get("image").codec(BenchmarkInputs.SCHEMA),
        judge,
        scorers,
        BenchmarkInputs.SCHEMA.rowSize(),
        BenchmarkInputs.SCHEMA.classes().size());
  }

  /** Makes so many rows on so many threads. */
  Rate run(long rows, int threads, long seed) throws InterruptedException {
    int batch = sampler.batch();
    long batches = (rows + batch - 1) / batch;
    AtomicLong next = new AtomicLong();
    AtomicLong bytes = new AtomicLong();
    Runnable work =
        () -> {
          for (long i = next.getAndIncrement(); i < batches; i = next.getAndIncrement()) {
            bytes.addAndGet(batch((int) (i % classes), seed, i / classes * batch, batch));
          }
        };
    long start = System.nanoTime();
    long processor = Rate.processorNanos();
    Thread[] workers = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] = new Thread(work);
      workers[i].start();
    }
    for (Thread worker : workers) {
      worker.join();
    }
    return Rate.of(batches * batch, System.nanoTime() - start, Rate.processorNanos() - processor);
  }

  private long batch(int label, long seed, long first, int batch) {
    byte[] values = sampler.sample(Condition.ofLabel(label), seed, first, batch, Controls.NONE);
    long length = 0;
    for (int row = 0; row < batch; row++) {
      length += codec.encode(values, row * rowSize).length;
    }
    int[] labels = new int[batch];
    Arrays.fill(labels, label);
    ScoringBatch rows = new ScoringBatch(labels, rowSize, values, judge);
    for (Scorer scorer : scorers) {
      length += (long) ScoreScale.round(scorer.score(rows))[0];
    }
    return length;
  }
}
