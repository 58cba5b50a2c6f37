package dev.graft.generate;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.model.Classifier;
import dev.graft.model.Derivation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Sampler;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A world of small grey images in three classes that differ in brightness. Of every 50 candidates
 * one is a near copy of the candidate {@link #BACK} before it, and one in seven looks like another
 * class.
 */
public record FakeInputs(int trainPerClass) implements AugmentInputs {
  static final int SIDE = 12;
  static final int ROW = SIDE * SIDE;
  public static final int CLASSES = 3;
  static final int BACK = 1200;

  /** Rows drawn by all samplers of this JVM. */
  static final AtomicLong DRAWN = new AtomicLong();

  @Override
  public Facts facts(StageContext context) {
    Map<Integer, Long> rows = new TreeMap<>();
    for (int label = 0; label < CLASSES; label++) {
      rows.put(label, (long) trainPerClass);
    }
    return new Facts(
        new DatasetSchema("image", List.of(1, SIDE, SIDE), List.of("dark", "grey", "light")),
        rows,
        "fake",
        "generator-digest",
        "judge-digest");
  }

  @Override
  public Sampler sampler(StageContext context) {
    return new FakeSampler();
  }

  @Override
  public Classifier judge(StageContext context) {
    return new FakeJudge();
  }

  @Override
  public LabelledRows rows(StageContext context, Part part) {
    int count = CLASSES * (part == Part.TRAIN ? trainPerClass : 60);
    byte[] values = new byte[count * ROW];
    int[] labels = new int[count];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      labels[row] = row % CLASSES;
      draw(labels[row], 1_000_000L * (part.ordinal() + 1) + row, values, row * ROW);
      ids.add(new SampleId(part.ordinal(), row));
    }
    return new LabelledRows(ROW, values, labels, ids);
  }

  @Override
  public List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate) {
    return List.of();
  }

  /** The planted original of a candidate, or the candidate itself. */
  static long original(long index) {
    return index % 50 == 17 ? index % BACK : index;
  }

  private static void draw(int label, long index, byte[] out, int offset) {
    float[] noise = new float[ROW];
    CounterRandom.of(5, label, index).gaussian(noise, 0, ROW);
    for (int i = 0; i < ROW; i++) {
      out[offset + i] = (byte) Math.max(0, Math.min(255, 50 + 70 * label + 15 * noise[i]));
    }
  }

  /** Varies, interpolates and mixes by plain means of grey levels. */
  private static final class FakeSampler implements DerivingSampler {
    @Override
    public int batch() {
      return 64;
    }

    @Override
    public byte[] sample(
        Condition condition, long seed, long firstIndex, int count, Controls controls) {
      DRAWN.addAndGet(count);
      byte[] values = new byte[count * ROW];
      for (int row = 0; row < count; row++) {
        long index = original(firstIndex + row);
        int label = index % 7 == 4 ? (condition.label() + 1) % CLASSES : condition.label();
        draw(label, index + (seed << 32), values, row * ROW);
        if (index != firstIndex + row) {
          values[row * ROW] ^= 3;
        }
      }
      return values;
    }

    @Override
    public byte[] derive(
        Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
      byte[] values = new byte[indices.length * ROW];
      for (int row = 0; row < indices.length; row++) {
        byte[] drawn = sample(condition, seed, indices[row], 1, controls);
        if (derivation instanceof Derivation.Variation vary) {
          mean(vary.sources(), row, drawn, vary.strength(), values);
        } else if (derivation instanceof Derivation.Interpolation path) {
          path.to().copyRow(row, drawn, 0);
          mean(path.from(), row, drawn, path.positions()[row], values);
        } else if (derivation instanceof Derivation.ClassMixture mixture) {
          byte[] other = new byte[ROW];
          draw(mixture.to()[row], indices[row], other, 0);
          LabelledRows one = new LabelledRows(ROW, drawn, new int[1], List.of(new SampleId(0, 0)));
          byte[] mixed = new byte[ROW];
          mean(one, 0, other, mixture.shares()[row], mixed);
          System.arraycopy(mixed, 0, values, row * ROW, ROW);
        }
      }
      return values;
    }

    private static void mean(
        LabelledRows rows, int row, byte[] other, double share, byte[] values) {
      for (int i = 0; i < ROW; i++) {
        int source = rows.values()[row * ROW + i] & 0xFF;
        values[row * ROW + i] = (byte) Math.round((1 - share) * source + share * (other[i] & 0xFF));
      }
    }

    @Override
    public void close() {}
  }

  /** Knows the classes by their brightness; features are the means of the image's quarters. */
  private static final class FakeJudge implements Classifier {
    @Override
    public int classes() {
      return CLASSES;
    }

    @Override
    public int featureSize() {
      return 4;
    }

    @Override
    public Prediction predict(byte[] values, int count) {
      float[] probabilities = new float[count * CLASSES];
      float[] features = new float[count * 4];
      for (int row = 0; row < count; row++) {
        float mean = 0;
        for (int i = 0; i < ROW; i++) {
          int value = values[row * ROW + i] & 0xFF;
          int quarter = (i / SIDE / (SIDE / 2)) * 2 + i % SIDE / (SIDE / 2);
          features[row * 4 + quarter] += value / (ROW / 4f);
          mean += value / (float) ROW;
        }
        for (int label = 0; label < CLASSES; label++) {
          float gap = Math.abs(mean - (50 + 70 * label)) / 70;
          probabilities[row * CLASSES + label] = Math.max(0, 1 - gap);
        }
      }
      return new Prediction(count, CLASSES, 4, probabilities, features);
    }

    @Override
    public void close() {}
  }
}
