package dev.graft.model.began;

import dev.graft.data.GraftException;
import dev.graft.model.nn.Tensor;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;

/**
 * Where an autoencoder's codes of real images lie: a Gaussian per class, all of the same shape.
 * With it a decoder of codes becomes a generator from standard normal noise.
 *
 * @param means (classes, code)
 * @param factor lower Cholesky factor of the covariance within a class, (code, code)
 */
record CodeSpread(double[][] means, double[][] factor) {
  /** Share of the mean variance that every variance gets, so that few rows have a factor too. */
  private static final double RIDGE = 1e-4;

  /** What every variance gets in any case: some values of a code may be the same for all images. */
  private static final double LEAST = 1e-8;

  private static final double MORE = 10;

  /** Sums of codes as they come, each less the first, so that little is lost of what varies. */
  static final class Sums {
    private float[] origin;
    private final double[] rows;
    private final double[][] sums;
    private final double[][] products;

    Sums(int length, int classes) {
      rows = new double[classes];
      sums = new double[classes][length];
      products = new double[length][length];
    }

    double rows() {
      return Arrays.stream(rows).sum();
    }

    /**
     * @param codes (B, code)
     * @param oneHot (B, classes)
     */
    void add(float[] codes, float[] oneHot) {
      int length = products.length;
      origin = origin == null ? Arrays.copyOf(codes, length) : origin;
      for (int row = 0; row < codes.length / length; row++) {
        int label = label(oneHot, row);
        rows[label]++;
        for (int i = 0; i < length; i++) {
          double value = less(codes, row, i);
          sums[label][i] += value;
          for (int j = 0; j <= i; j++) {
            products[i][j] += value * less(codes, row, j);
          }
        }
      }
    }

    private double less(float[] codes, int row, int i) {
      return (double) codes[row * origin.length + i] - origin[i];
    }

    private int label(float[] oneHot, int row) {
      int label = 0;
      while (oneHot[row * rows.length + label] == 0) {
        label++;
      }
      return label;
    }

    /** A class without rows has the mean of all. */
    CodeSpread spread() {
      int length = products.length;
      double all = rows();
      double[] centre = new double[length];
      for (int i = 0; i < length; i++) {
        int column = i;
        centre[i] = Arrays.stream(sums).mapToDouble(sum -> sum[column]).sum() / all;
      }
      double[][] means = new double[rows.length][];
      for (int c = 0; c < rows.length; c++) {
        double count = rows[c];
        means[c] =
            count == 0 ? centre.clone() : Arrays.stream(sums[c]).map(sum -> sum / count).toArray();
      }
      DMatrixRMaj covariance = new DMatrixRMaj(length, length);
      double variance = 0;
      for (int i = 0; i < length; i++) {
        for (int j = 0; j <= i; j++) {
          double within = products[i][j];
          for (int c = 0; c < rows.length; c++) {
            within -= rows[c] * means[c][i] * means[c][j];
          }
          covariance.set(i, j, within / all);
          covariance.set(j, i, within / all);
        }
        variance += covariance.get(i, i) / length;
      }
      if (!Double.isFinite(variance)) {
        throw GraftException.usage(
            "the codes that the autoencoder gives training images are not finite; lower"
                + " training.learning-rate or set training.clip");
      }
      for (double[] mean : means) {
        for (int i = 0; i < length; i++) {
          mean[i] += origin[i];
        }
      }
      return new CodeSpread(means, lowerFactor(covariance, RIDGE * variance + LEAST));
    }

    private static double[][] lowerFactor(DMatrixRMaj covariance, double ridge) {
      int length = covariance.numRows;
      CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
          DecompositionFactory_DDRM.chol(length, true);
      DMatrixRMaj ridged = covariance.copy();
      for (int i = 0; i < length; i++) {
        ridged.add(i, i, ridge);
      }
      if (!cholesky.decompose(ridged)) {
        return lowerFactor(covariance, MORE * ridge); // rounding has left it indefinite
      }
      DMatrixRMaj lower = cholesky.getT(null);
      double[][] factor = new double[length][length];
      for (int i = 0; i < length; i++) {
        for (int j = 0; j <= i; j++) {
          factor[i][j] = lower.get(i, j);
        }
      }
      return factor;
    }
  }

  /**
   * The weight of a layer of codes and classes, such that it takes noise z in place of a code m + L
   * z, m of the class: W [m + L z, y] = [W L, W_y + W m] [z, y].
   *
   * @param weight (values, code + classes)
   */
  Tensor before(Tensor weight) {
    int length = factor.length;
    int columns = length + means.length;
    float[] old = weight.values();
    float[] changed = new float[old.length];
    for (int start = 0; start < old.length; start += columns) {
      for (int j = 0; j < length; j++) {
        double sum = 0;
        for (int i = j; i < length; i++) {
          sum += old[start + i] * factor[i][j];
        }
        changed[start + j] = (float) sum;
      }
      for (int c = 0; c < means.length; c++) {
        double sum = old[start + length + c];
        for (int i = 0; i < length; i++) {
          sum += old[start + i] * means[c][i];
        }
        changed[start + length + c] = (float) sum;
      }
    }
    return new Tensor(weight.shape(), changed);
  }
}
