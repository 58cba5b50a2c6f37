package dev.graft.modality.image.operation;

import dev.graft.data.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Which operations an image meets. With {@code choose} above 0 so many of them are drawn for each
 * image (RandAugment, Cubuk et al. 2020, https://arxiv.org/abs/1909.13719), else all of them come
 * into question, each with its probability. Thread-safe.
 *
 * @param choose operations of an image; 0 for all
 * @param magnitude factor on all amounts
 * @param steps in the order in which they are applied
 */
public record Policy(int choose, double magnitude, List<Step> steps) {
  private static final long CHOICE = 0x63686f6f7365L;
  private static final long STEP = 0x73746570L;

  public Policy {
    steps = List.copyOf(steps);
  }

  /**
   * @param amount how much, see {@link Operation}
   * @param probability of being applied where it comes into question
   * @param except classes that it would change into another, by id
   */
  public record Step(Operation operation, double amount, double probability, List<Integer> except) {
    public Step {
      except = List.copyOf(except);
    }
  }

  /** Whether an image needs another one of its class. */
  public boolean mixes() {
    return steps.stream().anyMatch(step -> step.operation().mixes());
  }

  /**
   * Changes an image.
   *
   * @param source holds it, and its partner, as rows of bytes (channels, height, width)
   * @param random of this image
   * @param out receives it at {@code outOffset}
   */
  public void apply(Source source, int label, CounterRandom random, byte[] out, int outOffset) {
    Canvas image = source.image(source.row());
    Canvas partner = mixes() ? source.image(source.partner()) : null;
    List<Drawn> drawn = drawn(label, random);
    Affine geometry = Affine.NONE;
    for (Drawn one : drawn) {
      Affine change = one.step().operation().geometry(image, one.amount(), one.random());
      geometry = change.after(geometry);
    }
    if (!geometry.equals(Affine.NONE)) {
      image = geometry.apply(image);
    }
    for (Drawn one : drawn) {
      one.step().operation().pixels(image, partner, one.amount(), one.random());
    }
    image.quantise(out, outOffset);
  }

  /** A step that an image meets. */
  private record Drawn(Step step, double amount, CounterRandom random) {}

  private List<Drawn> drawn(int label, CounterRandom random) {
    int[] order = CounterRandom.of(random.bits(0), CHOICE).permutation(steps.size());
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      CounterRandom own = CounterRandom.of(random.bits(0), STEP, i);
      boolean comes = choose == 0 || order[i] < choose;
      if (comes && own.uniform(-1) < step.probability() && !step.except().contains(label)) {
        double amount = Math.min(step.operation().most(), magnitude * step.amount());
        drawn.add(new Drawn(step, amount, own));
      }
    }
    return drawn;
  }

  /**
   * An image and another one of its class among rows of bytes.
   *
   * @param rows (N, channels, height, width)
   * @param row position of the image
   * @param partner position of the other; the same where there is none
   */
  public record Source(byte[] rows, int row, int partner, int channels, int height, int width) {
    Canvas image(int position) {
      return Canvas.of(rows, position * channels * height * width, channels, height, width);
    }
  }
}
