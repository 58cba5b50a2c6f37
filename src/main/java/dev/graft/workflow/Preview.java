package dev.graft.workflow;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleBatch;
import dev.graft.generate.AugmentInputs;
import dev.graft.generate.AugmentInputs.Facts;
import dev.graft.generate.CandidateRange;
import dev.graft.generate.GenerationPlan;
import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.generate.SampleDrawer;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Classifier;
import dev.graft.score.BatchScoring;
import dev.graft.score.ScoringContext;
import dev.graft.select.SelectionRules;
import dev.graft.stage.StageContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The first candidates that a run would draw of each class, scored and judged by the rules that
 * look at one row. Drawn in this process; nothing is kept.
 *
 * @param classes those that want rows, in class order
 * @param withReal whether real rows, and refused candidates, which may copy one, can be shown
 * @param bounds what each rule compares with, by reason
 */
public record Preview(List<ClassPreview> classes, boolean withReal, Map<String, Double> bounds) {
  private static final int REAL_SHOWN = 5;

  /**
   * One class.
   *
   * @param name of the class; empty for an unlabelled dataset
   * @param real stored forms of a few real train rows, to compare with; empty without real rows
   * @param samples in the order in which they are drawn
   */
  public record ClassPreview(String name, List<byte[]> real, List<Sample> samples) {}

  /**
   * One candidate.
   *
   * @param payload stored form; empty where it may not be shown
   * @param scores by scorer
   * @param refusedBy the rule that refuses it; empty when it passes
   */
  public record Sample(byte[] payload, Map<String, Float> scores, String refusedBy) {}

  /**
   * Draws a preview.
   *
   * @param context of AUGMENT; INGEST and TRAIN are committed
   * @param rows in all, at least one of each class
   */
  public static Preview draw(StageContext context, AugmentInputs inputs, int rows) {
    Facts facts = inputs.facts(context);
    Modality modality = inputs.modality(context);
    PayloadCodec codec = modality.codec(facts.schema());
    SelectionRules rules = new SelectionRules(context.spec().select());
    LabelledRows train = inputs.rows(context, Part.TRAIN);
    BatchScoring scoring = scoring(context, inputs, facts, rules, train);
    double[] bounds = rules.bounds(rules.scorers().isEmpty() ? Map.of() : scoring.tuneScores());
    SampleDrawer drawer = SampleDrawer.of(context, inputs);
    List<ClassPlan> plans =
        GenerationPlan.of(context.spec().augment(), facts.trainRows(), facts.schema().classes())
            .classes()
            .stream()
            .filter(plan -> plan.wanted() > 0)
            .toList();
    int each = Math.min(CandidateRange.LENGTH, Math.max(1, rows / Math.max(1, plans.size())));
    boolean withReal = context.spec().publish().includeReal();
    List<ClassPreview> classes = new ArrayList<>();
    for (ClassPlan plan : plans) {
      CandidateRange range = new CandidateRange(plan.condition(), 0, 0, each);
      List<Sample> samples = new ArrayList<>();
      for (int offset = 0; offset < each; offset += drawer.batchRows()) {
        samples.addAll(judged(scoring.score(drawer.draw(range, offset)), rules, bounds, withReal));
      }
      String name = plan.label() < 0 ? "" : facts.schema().classes().get(plan.label());
      List<byte[]> real =
          withReal ? real(train, plan.label(), codec, context.spec().seed()) : List.of();
      classes.add(new ClassPreview(name, real, samples));
    }
    return new Preview(classes, withReal, named(rules, bounds));
  }

  /** Share of the samples that no rule for single rows refuses. */
  public double acceptance() {
    long all = classes.stream().mapToLong(one -> one.samples().size()).sum();
    long passed =
        classes.stream()
            .flatMap(one -> one.samples().stream())
            .filter(sample -> sample.refusedBy().isEmpty())
            .count();
    return all == 0 ? 0 : (double) passed / all;
  }

  private static BatchScoring scoring(
      StageContext context,
      AugmentInputs inputs,
      Facts facts,
      SelectionRules rules,
      LabelledRows train) {
    if (rules.scorers().isEmpty()) {
      return new BatchScoring(null, List.of(), null);
    }
    Classifier judge = inputs.judge(context);
    ScoringContext references =
        ScoringContext.of(
            facts.schema(), judge, train, inputs.rows(context, Part.TUNE), context.spec().seed());
    return new BatchScoring(judge, rules.scorers(), rules.terms(), references);
  }

  private static List<Sample> judged(
      SampleBatch batch, SelectionRules rules, double[] bounds, boolean withReal) {
    byte[] verdicts = rules.judge(batch.size(), batch.scores(), bounds);
    List<Sample> samples = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      Map<String, Float> scores = new LinkedHashMap<>();
      for (String scorer : rules.scorers()) {
        scores.put(scorer, batch.scores().get(scorer)[row]);
      }
      boolean none = batch.payload(row).length == 0;
      String reason = none ? SelectionRules.NO_ANSWER : rules.reason(verdicts[row]);
      boolean shown = withReal || reason.isEmpty();
      samples.add(new Sample(shown ? batch.payload(row) : new byte[0], scores, reason));
    }
    return samples;
  }

  private static List<byte[]> real(LabelledRows train, int label, PayloadCodec codec, long seed) {
    int[] rows =
        IntStream.range(0, train.size())
            .filter(row -> label < 0 || train.labels()[row] == label)
            .toArray();
    List<byte[]> shown = new ArrayList<>();
    CounterRandom random = CounterRandom.of(seed, label);
    for (int i = 0; i < Math.min(REAL_SHOWN, rows.length); i++) {
      int row = rows[(int) Long.remainderUnsigned(random.bits(i), rows.length)];
      shown.add(codec.encode(train.values(), row * train.rowSize()));
    }
    return shown;
  }

  private static Map<String, Double> named(SelectionRules rules, double[] bounds) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < bounds.length; i++) {
      named.put(rules.rules().get(i).reason(), bounds[i]);
    }
    return named;
  }
}
