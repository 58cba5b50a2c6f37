package dev.graft.model.insight;

import dev.graft.data.Condition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.external.ScriptedDecoder;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Walks along the principal directions of a generator of images: of each class one sample, moved
 * from {@value #FROM} to {@value #TO} standard deviations of its noise along the direction, all
 * else as it was; and what that changes, measured on {@value #POINTS} samples.
 *
 * @param latent values of the noise
 * @param classes names of the classes that are shown
 * @param walks one per direction, the strongest first
 */
public record Traversals(int latent, List<String> classes, List<Walk> walks) {
  private static final int FROM = -3;
  private static final int TO = 3;
  private static final int POINTS = 48;
  private static final int MOST_CLASSES = 10;
  private static final int MOST_LATENT = 512;
  private static final double EFFECT_AT = 2;

  /**
   * @param share of all that the noise changes
   * @param pictures per class, then per place from {@value Traversals#FROM} to {@value
   *     Traversals#TO}: quantised rows
   * @param effects by trait: its mean at 2 less that at -2 standard deviations, in standard
   *     deviations of the trait over samples
   */
  public record Walk(double share, List<List<byte[]>> pictures, Map<PictureTrait, Double> effects) {
    /** The trait that changes most, when it changes by at least half a standard deviation. */
    public List<PictureTrait> changed() {
      return effects.entrySet().stream()
          .filter(effect -> Math.abs(effect.getValue()) >= 0.5)
          .sorted(
              Comparator.comparingDouble(
                  (Map.Entry<PictureTrait, Double> effect) -> -Math.abs(effect.getValue())))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  public Traversals {
    classes = List.copyOf(classes);
    walks = List.copyOf(walks);
  }

  /**
   * @param directions how many
   * @param seed of the samples that are moved
   * @return empty for a model that has no latent to walk through: none at all, or one as large as
   *     its pictures
   */
  public static Optional<Traversals> of(StoredModel model, int directions, long seed)
      throws IOException {
    ModelFamily<?> family = ModelFamilies.get(model.card().definition().family());
    if (!family.scripted()) {
      return Optional.empty();
    }
    try (ScriptedSampler sampler = (ScriptedSampler) family.open(model)) {
      if (sampler.latent() > MOST_LATENT) {
        return Optional.empty();
      }
      try (ScriptedDecoder decoder =
          ScriptedDecoder.open(sampler.script(), model.card().definition().compute())) {
        return Optional.of(new Walker(model, sampler, decoder, seed).walk(directions));
      }
    }
  }

  /** Does the walking. */
  private static final class Walker {
    private final ScriptedSampler sampler;
    private final ScriptedDecoder decoder;
    private final ImageShape shape;
    private final List<String> names;
    private final int classes;
    private final long seed;
    private final boolean labelled;

    Walker(StoredModel model, ScriptedSampler sampler, ScriptedDecoder decoder, long seed) {
      this.sampler = sampler;
      this.decoder = decoder;
      this.shape = ImageShape.of(model.card().schema());
      this.names = model.card().schema().classes();
      this.labelled = !names.isEmpty();
      this.classes = OneHot.length(model.card().schema());
      this.seed = seed;
    }

    Traversals walk(int directions) {
      int[] labels = IntStream.range(0, POINTS).map(point -> point % classes).toArray();
      float[] base = new float[POINTS * decoder.noise()];
      for (int point = 0; point < POINTS; point++) {
        float[] noise = noise(labels[point], point / classes);
        System.arraycopy(noise, 0, base, point * noise.length, noise.length);
      }
      PrincipalDirections principal =
          PrincipalDirections.of(decoder::images, base, labels, sampler.latent(), directions);
      float[] unmoved = decoder.images(base, labels);
      List<Walk> walks = new ArrayList<>();
      for (int i = 0; i < principal.directions().size(); i++) {
        double[] direction = principal.directions().get(i);
        walks.add(
            new Walk(
                principal.shares()[i],
                pictures(direction),
                effects(direction, base, labels, unmoved)));
      }
      int shown = Math.min(MOST_CLASSES, classes);
      return new Traversals(
          sampler.latent(), labelled ? names.subList(0, shown) : List.of(""), walks);
    }

    private float[] noise(int label, int index) {
      return sampler.noise(Condition.ofLabel(labelled ? label : -1), seed, index, 1);
    }

    private List<List<byte[]>> pictures(double[] direction) {
      List<List<byte[]>> pictures = new ArrayList<>();
      for (int label = 0; label < Math.min(MOST_CLASSES, classes); label++) {
        float[] point = noise(label, 0);
        List<byte[]> row = new ArrayList<>();
        for (int place = FROM; place <= TO; place++) {
          row.add(quantised(decoder.images(moved(point, direction, place), new int[] {label})));
        }
        pictures.add(row);
      }
      return pictures;
    }

    private Map<PictureTrait, Double> effects(
        double[] direction, float[] base, int[] labels, float[] unmoved) {
      float[] low = decoder.images(moved(base, direction, -EFFECT_AT), labels);
      float[] high = decoder.images(moved(base, direction, EFFECT_AT), labels);
      Map<PictureTrait, Double> effects = new EnumMap<>(PictureTrait.class);
      for (PictureTrait trait : PictureTrait.values()) {
        double deviation = deviation(trait, unmoved);
        double change = mean(trait, high) - mean(trait, low);
        effects.put(trait, deviation < 1e-9 ? 0 : change / deviation);
      }
      return effects;
    }

    /** Noise whose component along the direction is {@code place}, all else as it was. */
    private float[] moved(float[] noise, double[] direction, double place) {
      int width = decoder.noise();
      float[] moved = noise.clone();
      for (int from = 0; from < noise.length; from += width) {
        double along = 0;
        for (int i = 0; i < direction.length; i++) {
          along += noise[from + i] * direction[i];
        }
        for (int i = 0; i < direction.length; i++) {
          moved[from + i] += (float) ((place - along) * direction[i]);
        }
      }
      return moved;
    }

    private double mean(PictureTrait trait, float[] images) {
      return values(trait, images).average().orElse(0);
    }

    private double deviation(PictureTrait trait, float[] images) {
      double mean = mean(trait, images);
      return Math.sqrt(
          values(trait, images).map(value -> (value - mean) * (value - mean)).average().orElse(0));
    }

    private java.util.stream.DoubleStream values(PictureTrait trait, float[] images) {
      int size = shape.rowSize();
      return IntStream.range(0, images.length / size)
          .mapToDouble(row -> trait.of(images, row * size, shape));
    }

    private static byte[] quantised(float[] image) {
      byte[] row = new byte[image.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = (byte) Math.max(0, Math.min(255, Math.round(image[i] * 255)));
      }
      return row;
    }
  }
}
