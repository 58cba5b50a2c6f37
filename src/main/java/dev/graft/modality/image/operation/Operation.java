package dev.graft.modality.image.operation;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** An operation by the name that definitions use, and what its {@code amount} is. */
public enum Operation {
  /** Moves by up to this share of the size along each axis. */
  SHIFT("shift", 1) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      return Affine.shift(
          amount * image.width() * signed(random, 0), amount * image.height() * signed(random, 1));
    }
  },
  /** Turns by up to this many degrees. */
  ROTATE("rotate", 180) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      return Affine.rotation(Math.toRadians(amount * signed(random, 0)));
    }
  },
  /** Grows or shrinks by up to this share. */
  SCALE("scale", 0.9) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      return Affine.scale(1 + amount * signed(random, 0));
    }
  },
  /** Slants by up to this many degrees. */
  SHEAR("shear", 60) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      return Affine.shear(Math.toRadians(amount * signed(random, 0)));
    }
  },
  /**
   * Takes a part that is up to this share smaller, anywhere, and makes it as large as the whole.
   */
  CROP("crop", 0.9) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      double left = amount * random.uniform(0);
      Affine grown = Affine.scale(1 / (1 - left));
      return Affine.shift(
              left / 2 * image.width() * signed(random, 1),
              left / 2 * image.height() * signed(random, 2))
          .after(grown);
    }
  },
  /** Mirrors left to right; the amount says nothing. */
  FLIP("flip", 1) {
    @Override
    Affine geometry(Canvas image, double amount, CounterRandom random) {
      return Affine.mirror();
    }
  },
  /** Adds up to this share of the whole range. */
  BRIGHTNESS("brightness", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.add(image, (float) (amount * signed(random, 0)));
    }
  },
  /** Draws values away from their mean, or towards it, by up to this share. */
  CONTRAST("contrast", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.contrast(image, (float) (1 + amount * signed(random, 0)));
    }
  },
  /** Makes colours stronger or paler by up to this share; grey images stay. */
  SATURATION("saturation", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.saturation(image, (float) (1 + amount * signed(random, 0)));
    }
  },
  /** Adds normal noise with this deviation, as a share of the whole range. */
  NOISE("noise", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.noise(image, (float) amount, random);
    }
  },
  /** Blackens a rectangle of up to this share of the area (Zhong et al. 2020). */
  ERASE("erase", 0.9) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.cut(image, null, amount * random.uniform(9), random);
    }
  },
  /** Blends in up to this share of another image of the class (Zhang et al. 2018). */
  MIX_UP("mix-up", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.blend(image, partner, (float) (amount * random.uniform(0)));
    }
  },
  /** Puts in a rectangle of up to this share of another image of the class (Yun et al. 2019). */
  CUT_MIX("cut-mix", 1) {
    @Override
    void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {
      PixelOperations.cut(image, partner, amount * random.uniform(9), random);
    }
  };

  private final String key;
  private final double most;

  Operation(String key, double most) {
    this.key = key;
    this.most = most;
  }

  /** What an image's pixels come from; {@link Affine#NONE} for operations on pixels. */
  Affine geometry(Canvas image, double amount, CounterRandom random) {
    return Affine.NONE;
  }

  /** Changes the pixels of {@code image} in place; operations of geometry change nothing here. */
  void pixels(Canvas image, Canvas partner, double amount, CounterRandom random) {}

  /** Name in definitions. */
  public String key() {
    return key;
  }

  /** Greatest amount that makes sense. */
  public double most() {
    return most;
  }

  /** Whether it needs another image of the same class. */
  public boolean mixes() {
    return this == MIX_UP || this == CUT_MIX;
  }

  /** The operation of this name. */
  public static Operation of(String key) {
    return Arrays.stream(values())
        .filter(operation -> operation.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown operation \"%s\"; allowed: %s",
                    key,
                    Arrays.stream(values()).map(Operation::key).collect(Collectors.joining(", "))));
  }

  private static double signed(CounterRandom random, int draw) {
    return 2 * random.uniform(draw) - 1;
  }
}
