package dev.graft.model.insight;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * The directions of a generator's noise that change its images most: eigenvectors of the mean of
 * {@code J^T J} over base points, J the derivative of the image by the noise (Wang &amp; Ponce
 * 2021, "The Geometry of Deep Generative Image Models and its Applications", ICLR,
 * https://arxiv.org/abs/2101.06006), by forward differences of {@value #STEP}.
 *
 * <p>Cost: (latent + 1) images a base point.
 *
 * @param directions unit vectors over the latent, the strongest first; the greatest component of
 *     each is positive
 * @param shares of each, of all that the noise changes; they sum up to 1 over all directions
 */
public record PrincipalDirections(List<double[]> directions, double[] shares) {
  private static final float STEP = 0.05f;

  /** A generator as a function of noise. */
  @FunctionalInterface
  public interface Decoder {
    /**
     * @param noise (count, width)
     * @param labels (count)
     * @return (count, rowSize)
     */
    float[] images(float[] noise, int[] labels);
  }

  public PrincipalDirections {
    directions = List.copyOf(directions);
  }

  /**
   * @param decoder is asked for images around each base point
   * @param base (points, width)
   * @param labels class of each base point, (points)
   * @param latent the first values of the noise, which are looked at; at most the width
   * @param most directions that are wanted
   */
  public static PrincipalDirections of(
      Decoder decoder, float[] base, int[] labels, int latent, int most) {
    DMatrixRMaj metric = new DMatrixRMaj(latent, latent);
    int width = base.length / labels.length;
    for (int point = 0; point < labels.length; point++) {
      DMatrixRMaj jacobian =
          jacobian(
              decoder,
              Arrays.copyOfRange(base, point * width, (point + 1) * width),
              labels[point],
              latent);
      CommonOps_DDRM.multAddTransB(jacobian, jacobian, metric);
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(latent, true, true);
    if (!eigen.decompose(metric.copy())) {
      throw new IllegalStateException(
          "the principal directions of " + latent + " did not converge");
    }
    double whole = CommonOps_DDRM.trace(metric);
    int[] order =
        IntStream.range(0, latent)
            .boxed()
            .sorted(
                Comparator.comparing(
                    (Integer i) -> eigen.getEigenvalue(i).getReal(), Comparator.reverseOrder()))
            .limit(most)
            .mapToInt(Integer::intValue)
            .toArray();
    List<double[]> directions = new ArrayList<>();
    double[] shares = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      directions.add(oriented(eigen.getEigenVector(order[i]).data));
      shares[i] = whole == 0 ? 0 : eigen.getEigenvalue(order[i]).getReal() / whole;
    }
    return new PrincipalDirections(directions, shares);
  }

  /** Derivatives of the image, (latent, rowSize). */
  private static DMatrixRMaj jacobian(Decoder decoder, float[] point, int label, int latent) {
    int width = point.length;
    float[] noise = new float[(latent + 1) * width];
    int[] labels = new int[latent + 1];
    Arrays.fill(labels, label);
    for (int i = 0; i <= latent; i++) {
      System.arraycopy(point, 0, noise, i * width, width);
      if (i < latent) {
        noise[i * width + i] += STEP;
      }
    }
    float[] images = decoder.images(noise, labels);
    int size = images.length / labels.length;
    DMatrixRMaj jacobian = new DMatrixRMaj(latent, size);
    for (int i = 0; i < latent * size; i++) {
      jacobian.data[i] = (images[i] - (double) images[latent * size + i % size]) / STEP;
    }
    return jacobian;
  }

  private static double[] oriented(double[] vector) {
    double greatest = 0;
    for (double value : vector) {
      greatest = Math.abs(value) > Math.abs(greatest) ? value : greatest;
    }
    double sign = Math.signum(greatest);
    return Arrays.stream(vector).map(value -> sign * value).toArray();
  }
}
