package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.SubsetPlan;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One launch of EVALUATE as a worker sees it: rows that several tasks need are read once per JVM
 * and kept for as long as memory allows.
 */
final class EvaluateRun {
  /** Purposes of seeded subsets: each set is drawn alone. */
  enum Draw {
    TEST,
    TUNE,
    CANDIDATES,
    ACCEPTED,
    COPIES,
    PICTURES,
    MEMBERS
  }

  private static final ConcurrentHashMap<String, SoftReference<EvaluateRun>> RUNS =
      new ConcurrentHashMap<>();

  private final StageContext context;
  private final EvaluateInputs inputs;
  private final DatasetSchema schema;
  private Candidates candidates;
  private SubsetPlan candidatePlan;

  private EvaluateRun(StageContext context, EvaluateInputs inputs) {
    this.context = context;
    this.inputs = inputs;
    this.schema = inputs.schema(context);
  }

  /** The run of this launch in this JVM. */
  static EvaluateRun of(StageContext context, EvaluateInputs inputs) {
    synchronized (RUNS) {
      RUNS.values().removeIf(reference -> reference.get() == null);
      SoftReference<EvaluateRun> known = RUNS.get(context.attemptDirectory());
      EvaluateRun run = known == null ? null : known.get();
      if (run == null) {
        run = new EvaluateRun(context, inputs);
        RUNS.put(context.attemptDirectory(), new SoftReference<>(run));
      }
      return run;
    }
  }

  StageContext context() {
    return context;
  }

  EvaluateInputs inputs() {
    return inputs;
  }

  DatasetSchema schema() {
    return schema;
  }

  /** Classes, or one for an unlabelled dataset. */
  int classes() {
    return Math.max(1, schema.classes().size());
  }

  long seed() {
    return context.spec().seed();
  }

  LabelledRows real(Part part) {
    return inputs.rows(context, part);
  }

  /** At most {@code most} rows of a part, a seeded draw in id order. */
  LabelledRows draw(Part part, int most, Draw purpose) {
    LabelledRows rows = real(part);
    if (rows.size() <= most) {
      return rows;
    }
    SubsetPlan plan = SubsetPlan.of(rows.labels(), 0, most, 0, seed(), purpose.ordinal());
    return rows.select(plan.rows());
  }

  SubsetPlan plan(int[] labels, Draw purpose) {
    return SubsetPlan.of(
        labels,
        classes(),
        context.spec().evaluate().rows(),
        MeasureQuality.MOST_PER_CLASS,
        seed(),
        purpose.ordinal());
  }

  /** Which candidates metrics look at before selection. */
  synchronized SubsetPlan candidatePlan() {
    candidates();
    return candidatePlan;
  }

  synchronized Candidates candidates() {
    if (candidates == null) {
      CandidateTable table = CandidateTable.read(context.input(StageName.AUGMENT));
      candidatePlan = plan(table.labels(), Draw.CANDIDATES);
      candidates =
          Candidates.read(
              table,
              candidatePlan.rows(),
              schema,
              context.workDirectory(),
              context.spec().augment().softLabels());
    }
    return candidates;
  }

  /** Rows {@code part} of {@code parts} of accepted rows, in id order. */
  static byte[] slice(LabelledRows rows, int part, int parts) {
    int from = (int) ((long) rows.size() * part / parts);
    int to = (int) ((long) rows.size() * (part + 1) / parts);
    return Arrays.copyOfRange(rows.values(), from * rows.rowSize(), to * rows.rowSize());
  }
}
