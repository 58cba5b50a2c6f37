package dev.graft.evaluate;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;

/** Generators of the {@link TinyWorld}: usable ones, and one for each way to be broken. */
enum TinyGenerator {
  /** Six rows in seven are of their class. */
  MOSTLY_RIGHT {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      int drawn = index % 7 == 4 ? next(label) : label;
      TinyWorld.draw(drawn, index + (seed << 32), 1, out, offset);
    }
  },
  /** So is this, and every tenth row is a training row. */
  SOMETIMES_COPIES {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      if (index % 10 == 3) {
        copy(label, index, out, offset);
      } else {
        MOSTLY_RIGHT.draw(label, index, seed, out, offset);
      }
    }
  },
  /** As a trained model is: a little less varied than real rows, and wrong now and then. */
  HEALTHY {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      int drawn = random(seed, label, index).below(0, 25) == 0 ? next(label) : label;
      TinyWorld.draw(drawn, index + (seed << 32), 0.85, out, offset);
    }
  },
  /** Good rows of a model whose training is marked as collapsed, see {@link TinyWorld#model}. */
  MARKED_AS_COLLAPSED {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      HEALTHY.draw(label, index, seed, out, offset);
    }
  },
  /** Three rows, one of each class, whatever is asked for. */
  THREE_ROWS {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      int one = (int) (index % CLASSES);
      TinyWorld.draw(one, FIXED + one, 1, out, offset);
    }
  },
  /** Three rows of each class. */
  THREE_ROWS_OF_EACH_CLASS {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      TinyWorld.draw(label, FIXED + index % 3, 1, out, offset);
    }
  },
  /** Rows of the class before in place of the last. */
  DROPS_A_CLASS {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      int drawn = Math.min(label, CLASSES - 2);
      TinyWorld.draw(drawn, index + (seed << 32) + 1_000 * label, 1, out, offset);
    }
  },
  /** Training rows of the class that is asked for. */
  COPIES {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      copy(label, index, out, offset);
    }
  },
  /** Quarters of any brightness, with noise on each pixel. */
  NOISE {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      CounterRandom random = random(seed, label, index);
      for (int i = 0; i < TinyWorld.ROW; i++) {
        int quarter = i / (TinyWorld.ROW / 2) * 2 + i % TinyWorld.SIDE / (TinyWorld.SIDE / 2);
        int value = random.below(1_000 + quarter, 256) + random.below(i, 61) - 30;
        out[offset + i] = (byte) Math.max(0, Math.min(255, value));
      }
    }
  },
  /** Good rows of any class but by chance the one that is asked for. */
  ANY_CLASS {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      int drawn = random(seed, label, index).below(0, CLASSES);
      TinyWorld.draw(drawn, index + (seed << 32) + 1_000 * label, 1, out, offset);
    }
  },
  /** A good row in forty, noise otherwise. */
  HARDLY_EVER {
    @Override
    void draw(int label, long index, long seed, byte[] out, int offset) {
      (index % 40 == 7 ? HEALTHY : NOISE).draw(label, index, seed, out, offset);
    }
  };

  private static final int CLASSES = TinyWorld.CLASSES.size();
  private static final long FIXED = 900_000_000L;

  /** Writes the row of a class at {@code index}. */
  abstract void draw(int label, long index, long seed, byte[] out, int offset);

  private static CounterRandom random(long seed, int label, long index) {
    return CounterRandom.of(seed, 99, label, index);
  }

  private static int next(int label) {
    return (label + 1) % CLASSES;
  }

  private static void copy(int label, long index, byte[] out, int offset) {
    LabelledRows train = TinyWorld.rows(Part.TRAIN);
    train.copyRow((int) (index % 80) * CLASSES + label, out, offset);
  }
}
