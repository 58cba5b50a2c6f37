package dev.graft.modality.image;

import com.google.common.math.IntMath;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.SignatureBucket;
import dev.graft.modality.SignatureScheme;

/**
 * Signatures of images: the image area-averaged to 12 x 12 (grey, 144 bytes) or 8 x 8 per channel
 * (colour, 192 bytes). The distance of two is the root mean square of their differences, in grey
 * levels from 0 to 255: noise, recompression and changed brightness move an image by little,
 * another picture of the same class by much.
 *
 * <p>The default radius of 6 was measured on real Fashion-MNIST train images: the share of images
 * with an earlier image within it, which would be dropped although they are real, is 0.035 % of
 * 20,000 and 0.18 % of 60,000 (at radius 8: 0.44 % and 1.2 %). Eight tables of eight projections,
 * cells 6.8 radii wide, find a pair at exactly the radius with probability 0.974 and nearer ones
 * more often; 20,000 such images fill buckets of 1.4 rows on average and 65 at most, 7 pairs to
 * compare per row.
 */
final class ImageSignatures implements SignatureScheme {
  static final int TABLES = 8;
  static final int PROJECTIONS = 8;
  static final double WIDTH = 6.8;
  static final double DEFAULT_RADIUS = 6;
  private static final int GREY_GRID = 12;
  private static final int COLOUR_GRID = 8;
  private static final int LARGE_BUCKET = 32;
  private static final double GOLDEN_SECTION = 0.381966;
  private static final double SMALLEST_RADIUS = 0.25;
  private static final long SEED = 0x6E656172L;

  private final int channels;
  private final int height;
  private final int width;
  private final int grid;

  /**
   * Directions by place in the signature: (length, TABLES * PROJECTIONS), so that all projections
   * of a signature are summed side by side.
   */
  private final double[][] directions;

  /** All places of a signature, each far from the one before. */
  private final int[] order;

  private final double[] offsets = new double[TABLES * PROJECTIONS];
  private final Resampler.Stretch stretch;

  ImageSignatures(DatasetSchema schema) {
    this.channels = schema.shape().get(0);
    this.height = schema.shape().get(1);
    this.width = schema.shape().get(2);
    this.grid = channels == 1 ? GREY_GRID : COLOUR_GRID;
    this.stretch = new Resampler.Stretch(height, width, grid, grid);
    this.order = spread(length());
    this.directions = new double[length()][TABLES * PROJECTIONS];
    float[] direction = new float[length()];
    for (int i = 0; i < TABLES * PROJECTIONS; i++) {
      CounterRandom.of(SEED, i).gaussian(direction, 0, length());
      for (int j = 0; j < length(); j++) {
        directions[j][i] = direction[j];
      }
      offsets[i] = CounterRandom.of(SEED, -1).uniform(i);
    }
  }

  @Override
  public int length() {
    return channels * grid * grid;
  }

  @Override
  public byte[] signature(byte[] values, int offset) {
    return stretch.apply(values, offset, channels, height, width);
  }

  @Override
  public double distance(byte[] left, byte[] right) {
    long sum = 0;
    for (int i = 0; i < left.length; i++) {
      int difference = (left[i] & 0xFF) - (right[i] & 0xFF);
      sum += (long) difference * difference;
    }
    return Math.sqrt((double) sum / left.length);
  }

  /**
   * Sums squares until they exceed what the radius allows, in an order that jumps about the image:
   * neighbours differ alike and borders hardly ever, so that pairs of different images part after a
   * few values.
   */
  @Override
  public boolean within(byte[] signatures, int left, int right, double radius) {
    int length = order.length;
    int toLeft = left * length;
    int toRight = right * length;
    int most = mostSquares(radius);
    int sum = 0;
    for (int place : order) {
      int difference = (signatures[toLeft + place] & 0xFF) - (signatures[toRight + place] & 0xFF);
      sum += difference * difference;
      if (sum > most) {
        return false;
      }
    }
    return Math.sqrt((double) sum / length) <= radius;
  }

  /** The greatest sum of squares of signatures within the radius. */
  int mostSquares(double radius) {
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(radius * radius * length() * (1 + 1e-9)));
  }

  @Override
  public SignatureBucket bucket(byte[] signatures, int[] rows, double radius) {
    return rows.length < LARGE_BUCKET
        ? SignatureScheme.super.bucket(signatures, rows, radius)
        : new ImageBucket(this, signatures, rows, order, radius);
  }

  /**
   * Locality-sensitive hashing with p-stable projections (Datar, Immorlica, Indyk &amp; Mirrokni
   * 2004): a bucket of a table is the tuple of {@code floor((a . s + b) / w)} over its directions.
   */
  @Override
  public long[] buckets(byte[] signature, double radius) {
    double cell = WIDTH * Math.max(radius, SMALLEST_RADIUS) * Math.sqrt(length());
    double[] sums = new double[TABLES * PROJECTIONS];
    for (int j = 0; j < signature.length; j++) {
      addScaled(directions[j], signature[j] & 0xFF, sums);
    }
    long[] keys = new long[TABLES];
    for (int table = 0; table < TABLES; table++) {
      long key = CounterRandom.mix(SEED + table);
      for (int i = table * PROJECTIONS; i < (table + 1) * PROJECTIONS; i++) {
        long bin = (long) Math.floor(sums[i] / cell + offsets[i]);
        key = CounterRandom.mix(key ^ CounterRandom.mix(bin));
      }
      keys[table] = key;
    }
    return keys;
  }

  /** Steps of about 0.38 of the length, the golden section, that meet every place once. */
  private static int[] spread(int length) {
    int step = Math.max(1, (int) Math.round(length * GOLDEN_SECTION));
    while (IntMath.gcd(step, length) != 1) {
      step++;
    }
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      order[i] = (int) ((long) (i + length / 2) * step % length);
    }
    return order;
  }

  private static void addScaled(double[] values, double factor, double[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += values[i] * factor;
    }
  }

  @Override
  public double defaultRadius() {
    return DEFAULT_RADIUS;
  }

  @Override
  public String unit() {
    return "root mean square difference in grey levels (0 to 255)";
  }
}
