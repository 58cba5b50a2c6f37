package dev.graft.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.generate.AugmentInputs;
import dev.graft.generate.PublishedDate;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.watch.WatchStory;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Small grey images in three classes that differ in brightness, and a generator of them.
 *
 * @param generator what is drawn
 */
record TinyWorld(TinyGenerator generator) implements EvaluateInputs, AugmentInputs {
  /**
   * Rows that are right six times in seven.
   *
   * @param copies whether every tenth candidate is a training row
   */
  TinyWorld(boolean copies) {
    this(copies ? TinyGenerator.SOMETIMES_COPIES : TinyGenerator.MOSTLY_RIGHT);
  }

  static final int SIDE = 8;
  static final int ROW = SIDE * SIDE;
  static final List<String> CLASSES = List.of("dark", "grey & dull", "light");
  static final DatasetSchema SCHEMA = new DatasetSchema("image", List.of(1, SIDE, SIDE), CLASSES);
  static final int TRAIN = 240;
  static final int OTHER = 120;

  static ObjectNode learner() {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.put("name", "tiny-learner");
    definition.put("family", "tiny");
    definition.putObject("architecture");
    definition.putObject("training").put("steps", 2).put("augment", false);
    definition.putObject("compute").put("threads", 1).put("batch", 16).put("capability", "avx2");
    return definition;
  }

  @Override
  public DatasetSchema schema(StageContext context) {
    return SCHEMA;
  }

  @Override
  public LabelledRows rows(StageContext context, Part part) {
    return rows(part);
  }

  static LabelledRows rows(Part part) {
    int count = part == Part.TRAIN ? TRAIN : OTHER;
    byte[] values = new byte[count * ROW];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      labels[row] = row % CLASSES.size();
      draw(labels[row], 1_000_000L * (part.ordinal() + 1) + row, values, row * ROW);
      ids.add(new SampleId(part.ordinal(), row));
    }
    return new LabelledRows(ROW, values, labels, ids);
  }

  private static void draw(int label, long index, byte[] out, int offset) {
    draw(label, index, 1, out, offset);
  }

  /**
   * A row of a class.
   *
   * @param spread of its brightness, of that of real rows
   */
  static void draw(int label, long index, double spread, byte[] out, int offset) {
    float[] noise = new float[ROW + 1];
    CounterRandom.of(5, label, index).gaussian(noise, 0, ROW + 1);
    for (int i = 0; i < ROW; i++) {
      double value = 50 + 70 * label + spread * 18 * noise[ROW] + 15 * noise[i];
      out[offset + i] = (byte) Math.max(0, Math.min(255, value));
    }
  }

  @Override
  public Classifier examiner(StageContext context) {
    return new TinyFamily().open(model(context, Role.EXAMINER));
  }

  @Override
  public Classifier judge(StageContext context) {
    return examiner(context);
  }

  @Override
  public StoredModel model(StageContext context, Role role) {
    ModelDefinition definition = ModelDefinition.of(learner());
    FittedModel fitted =
        new TinyFamily()
            .fit(
                new TrainingRun(
                    "train",
                    definition,
                    SCHEMA,
                    rows(Part.TRAIN),
                    rows(Part.TUNE),
                    77,
                    Checkpoints.none(),
                    null));
    return new StoredModel(
        new StoredModel.ModelCard(
            "tiny-" + role.name().charAt(0),
            Json.digest(role),
            definition,
            SCHEMA,
            context.fingerprint(StageName.INGEST),
            77,
            "",
            2,
            fitted.figures(),
            fitted.history(),
            role == Role.GENERATOR ? watch() : null,
            null),
        fitted.weights());
  }

  private WatchStory watch() {
    return generator == TinyGenerator.MARKED_AS_COLLAPSED
        ? new WatchStory(
            WatchStory.Verdict.COLLAPSED,
            List.of(
                new WatchStory.Event(
                    60, "diversity", "diversity 0.010, of real rows 1.003", "ended and marked")),
            Map.of())
        : null;
  }

  @Override
  public ModelFamily<?> family(String name) {
    return new TinyFamily();
  }

  @Override
  public List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate) {
    return List.of();
  }

  @Override
  public Facts facts(StageContext context) {
    Map<Integer, Long> rows = new TreeMap<>();
    for (int label = 0; label < CLASSES.size(); label++) {
      rows.put(label, (long) TRAIN / CLASSES.size());
    }
    return new Facts(SCHEMA, rows, "tiny", "generator-" + generator, "judge");
  }

  @Override
  public Sampler sampler(StageContext context) {
    return new Sampler() {
      @Override
      public int batch() {
        return 32;
      }

      @Override
      public byte[] sample(
          Condition condition, long seed, long firstIndex, int count, Controls controls) {
        byte[] values = new byte[count * ROW];
        for (int row = 0; row < count; row++) {
          generator.draw(condition.label(), firstIndex + row, seed, values, row * ROW);
        }
        return values;
      }

      @Override
      public void close() {}
    };
  }
}
