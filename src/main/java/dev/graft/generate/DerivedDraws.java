package dev.graft.generate;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Origin;
import dev.graft.data.SampleId;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.spec.DecimalText;
import dev.graft.spec.GenerationMode;
import dev.graft.spec.GenerationMode.Between;
import dev.graft.spec.GenerationMode.Interpolate;
import dev.graft.spec.GenerationMode.Labels;
import dev.graft.spec.GenerationMode.MixClasses;
import dev.graft.spec.GenerationMode.VaryReal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Draws the candidates of a {@link GenerationMode}: chooses what each is made from, by seed, class
 * and index, and tells it. Thread-safe.
 *
 * <p>Places on paths and shares are multiples of 1/10,000, so that a condition tells them exactly.
 */
public final class DerivedDraws {
  /** Version of how sources, places and shares are chosen and of what families make of them. */
  static final int VERSION = 1;

  private static final long PLACE = 0x706c616365L;
  private static final int GRID = 10_000;
  private static final int OTHER_CLASS = 1;

  private final DerivingSampler sampler;
  private final GenerationMode mode;
  private final SourcePlan plan;
  private final int classes;
  private final Controls controls;
  private final long seed;

  private DerivedDraws(
      DerivingSampler sampler,
      GenerationMode mode,
      SourcePlan plan,
      int classes,
      Controls controls,
      long seed) {
    this.sampler = sampler;
    this.mode = mode;
    this.plan = plan;
    this.classes = classes;
    this.controls = controls;
    this.seed = seed;
  }

  /**
   * The draws of a mode.
   *
   * @param train gives the real train rows in id order; asked only where the mode reads them
   * @param aimed gives the ids of train rows that more samples are made from; asked only then
   * @throws GraftException (exit 2) when the sampler can derive nothing, or a class is missing
   */
  public static DerivedDraws of(
      GenerationMode mode,
      Sampler sampler,
      DatasetSchema schema,
      Supplier<LabelledRows> train,
      Supplier<Set<SampleId>> aimed,
      Controls controls,
      long seed) {
    if (!(sampler instanceof DerivingSampler deriving)) {
      throw GraftException.usage(
          "the model cannot %s; leave augment.mode out, or take another model", mode.kind().key());
    }
    if (mode instanceof MixClasses && schema.classes().size() < 2) {
      throw GraftException.usage(
          "augment.mode mix-classes needs two classes; the data has %d", schema.classes().size());
    }
    SourcePlan plan = mode.readsRows() ? new SourcePlan(train.get(), seed, aimed.get()) : null;
    return new DerivedDraws(deriving, mode, plan, schema.classes().size(), controls, seed);
  }

  /**
   * What was drawn.
   *
   * @param answers of the sampler
   * @param origins of each row
   * @param identities text for each row that differs when its mode, sources or their content do
   */
  record Drawn(Answers answers, List<Origin> origins, List<String> identities) {}

  /**
   * Draws candidates {@code first} to {@code first + count - 1} of a class.
   *
   * @param count at most the sampler's batch
   */
  Drawn draw(Condition condition, long first, int count) {
    long[] indices = LongStream.range(first, first + count).toArray();
    Derivation derivation = derivation(condition.label(), indices);
    Answers answers =
        sampler instanceof AskingSampler asking
            ? asking.ask(condition, derivation, seed, indices, controls)
            : Answers.of(sampler.derive(condition, derivation, seed, indices, controls));
    List<Origin> origins = new ArrayList<>();
    List<String> identities = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      Origin origin = origin(condition.label(), derivation, row);
      origins.add(origin);
      identities.add(origin.condition().key() + ";content=" + content(derivation, row));
    }
    return new Drawn(answers, origins, identities);
  }

  private Derivation derivation(int label, long[] indices) {
    if (mode instanceof VaryReal vary) {
      return new Variation(plan.select(rows(label, indices)), vary.strength());
    }
    if (mode instanceof Interpolate interpolate) {
      int[] from = rows(label, indices);
      int[] to = new int[from.length];
      boolean across = interpolate.between() == Between.CLASSES;
      for (int i = 0; i < to.length; i++) {
        to[i] =
            across
                ? plan.rowOfAnotherClass(label, indices[i])
                : plan.rowBeside(label, indices[i], from[i]);
      }
      // Places in the middle would be of neither class.
      return new Interpolation(
          plan.select(from), plan.select(to), places(label, indices, across ? 0.4999 : 0.9999));
    }
    MixClasses mix = (MixClasses) mode;
    int[] from = new int[indices.length];
    int[] to = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      from[i] = label;
      int other = CounterRandom.of(seed, PLACE, label, indices[i]).below(OTHER_CLASS, classes - 1);
      to[i] = other < label ? other : other + 1;
    }
    return new ClassMixture(from, to, places(label, indices, mix.share()));
  }

  private int[] rows(int label, long[] indices) {
    return Arrays.stream(indices).mapToInt(index -> plan.row(label, index)).toArray();
  }

  /** Above 0, to {@code most}. */
  private double[] places(int label, long[] indices, double most) {
    int steps = (int) Math.round(most * GRID);
    return Arrays.stream(indices)
        .mapToDouble(
            index ->
                (1 + CounterRandom.of(seed, PLACE, label, index).below(0, steps)) / (double) GRID)
        .toArray();
  }

  private Origin origin(int label, Derivation derivation, int row) {
    Map<String, String> how = new TreeMap<>();
    how.put("mode", mode.kind().key());
    List<SampleId> sources = List.of();
    if (derivation instanceof Variation variation) {
      how.put("strength", DecimalText.of(variation.strength()));
      sources = List.of(variation.sources().ids().get(row));
    } else if (derivation instanceof Interpolation path) {
      how.put("position", DecimalText.of(path.positions()[row]));
      sources = List.of(path.from().ids().get(row), path.to().ids().get(row));
      shares(how, path.classes(), row, ((Interpolate) mode).labels());
    } else if (derivation instanceof ClassMixture mixture) {
      how.put("with", Integer.toString(mixture.to()[row]));
      how.put("share", DecimalText.of(mixture.shares()[row]));
      shares(how, mixture, row, ((MixClasses) mode).labels());
    }
    return new Origin(new Condition(label, how), sources);
  }

  private static void shares(
      Map<String, String> how, ClassMixture mixture, int row, Labels labels) {
    if (labels == Labels.MIXED) {
      double share = mixture.shares()[row];
      how.put(
          "shares",
          mixture.from()[row]
              + ":"
              + DecimalText.of(1 - share)
              + ","
              + mixture.to()[row]
              + ":"
              + DecimalText.of(share));
    }
  }

  private static String content(Derivation derivation, int row) {
    Hasher hasher = Hashing.sha256().newHasher();
    if (derivation instanceof Variation variation) {
      put(hasher, variation.sources(), row);
    } else if (derivation instanceof Interpolation path) {
      put(hasher, path.from(), row);
      put(hasher, path.to(), row);
    }
    return hasher.hash().toString();
  }

  private static void put(Hasher hasher, LabelledRows rows, int row) {
    hasher.putString(rows.ids().get(row).hex(), StandardCharsets.UTF_8);
    hasher.putBytes(rows.values(), row * rows.rowSize(), rows.rowSize());
  }
}
