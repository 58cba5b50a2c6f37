package dev.graft.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatentPriorTest {
  private static final int ROWS = 2000;

  /** Class 0: two correlated clouds, a quarter of the rows at (6, 6); class 1: one round cloud. */
  private static float[] means(int[] rows) {
    float[] means = new float[rows.length * 2];
    for (int i = 0; i < rows.length; i++) {
      float[] noise = new float[2];
      CounterRandom.of(4, rows[i]).gaussian(noise, 0, 2);
      boolean far = rows[i] % 8 == 0;
      boolean first = rows[i] % 2 == 0;
      means[2 * i] = (first && far ? 6 : 0) + noise[0];
      means[2 * i + 1] = (first && far ? 6 : 0) + (first ? 0.9f * noise[0] : 0) + 0.4f * noise[1];
    }
    return means;
  }

  private static LatentPrior fit(String kind) {
    LabelledRows rows =
        new LabelledRows(
            0,
            new byte[0],
            IntStream.range(0, ROWS).map(row -> row % 2).toArray(),
            LongStream.range(0, ROWS).mapToObj(row -> new SampleId(row, 0)).toList());
    VaeArchitecture architecture =
        new VaeArchitecture(
            2,
            new VaeArchitecture.Encoder(List.of(1), 1, true),
            new VaeArchitecture.Decoder(1, List.of(1, 1), "full"),
            "relu",
            new VaeArchitecture.Prior(kind, 2));
    return LatentPrior.fit(architecture, rows, 2, 9, LatentPriorTest::means);
  }

  private static double[][] draw(LatentPrior prior, int label, double truncation) {
    double[][] drawn = new double[4000][2];
    float[] out = new float[2];
    for (int i = 0; i < drawn.length; i++) {
      prior.draw(label, CounterRandom.of(7, i), truncation, out, 0);
      drawn[i][0] = out[0];
      drawn[i][1] = out[1];
    }
    return drawn;
  }

  @Test
  void mixtureFindsCloudsAndTheirShape() {
    double[][] drawn = draw(fit("class-mixture"), 0, 1);
    double far = 0;
    double correlation = 0;
    double near = 0;
    for (double[] z : drawn) {
      if (z[0] + z[1] > 6) {
        far++;
      } else {
        near++;
        correlation += z[0] * z[1];
      }
    }
    assertThat(far / drawn.length).isCloseTo(0.25, within(0.03));
    assertThat(correlation / near).isCloseTo(0.9, within(0.1));
  }

  @Test
  void truncationOfZeroGivesTheCentres() {
    for (double[] z : draw(fit("class-gaussian"), 0, 0)) {
      assertThat(z[0]).isCloseTo(1.5, within(0.15));
    }
  }

  @Test
  void standardIsTheSameForAllClasses() {
    LatentPrior prior = fit("standard");
    assertThat(draw(prior, 0, 1)).isDeepEqualTo(draw(prior, 1, 1));
    double squares = 0;
    for (double[] z : draw(prior, 0, 1)) {
      squares += z[0] * z[0] + z[1] * z[1];
    }
    assertThat(squares / 8000).isCloseTo(1, within(0.05));
  }

  @Test
  void drawsTheSameAfterExport() {
    LatentPrior stored = LatentPrior.of(fit("class-mixture").export());
    assertThat(draw(LatentPrior.of(stored.export()), 1, 1)).isDeepEqualTo(draw(stored, 1, 1));
  }
}
