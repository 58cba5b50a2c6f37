package dev.graft.model.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.Derivation.Interpolation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Looks;
import dev.graft.model.TinyImages;
import dev.graft.model.insight.SampleStrips.Motif;
import dev.graft.model.insight.SampleStrips.Strip;
import dev.graft.spec.GenerationMode.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SampleStripsTest {
  private static final LabelledRows REAL = TinyImages.rows(1, 60, 1);
  private static final Set<Kind> ALL = EnumSet.allOf(Kind.class);

  /** Fills a sample with the place, share or strength that was asked for, in hundredths. */
  private static final class Telling implements DerivingSampler {
    @Override
    public int batch() {
      return 4;
    }

    @Override
    public byte[] sample(Condition condition, long seed, long first, int count, Controls controls) {
      return filled(200 + condition.label());
    }

    @Override
    public byte[] derive(
        Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
      byte[] values = new byte[derivation.count() * REAL.rowSize()];
      for (int row = 0; row < derivation.count(); row++) {
        double told =
            derivation instanceof Interpolation path
                ? path.positions()[row]
                : derivation instanceof ClassMixture mixture
                    ? mixture.shares()[row]
                    : ((Variation) derivation).strength();
        System.arraycopy(
            filled((int) Math.round(100 * told)), 0, values, row * REAL.rowSize(), REAL.rowSize());
      }
      return values;
    }

    private static byte[] filled(int value) {
      byte[] row = new byte[REAL.rowSize()];
      Arrays.fill(row, (byte) value);
      return row;
    }

    @Override
    public void close() {}
  }

  private static List<Strip> strips(Set<Kind> modes, Optional<LabelledRows> real) {
    return SampleStrips.of(
            new Telling(), modes, TinyImages.schema(1), real, List.of(Looks.VALUES), 5)
        .strips();
  }

  private static List<Integer> told(Strip strip) {
    return strip.rows().stream().map(row -> row[0] & 0xFF).toList();
  }

  @Test
  void pathsGoInEqualStepsAndVariationsBeginWithTheRow() {
    List<Strip> strips = strips(ALL, Optional.of(REAL));
    assertThat(strips)
        .extracting(strip -> strip.motif() + " " + strip.from() + " " + strip.to())
        .containsExactly(
            "WITHIN_CLASS 0 0",
            "WITHIN_CLASS 1 1",
            "WITHIN_CLASS 2 2",
            "BETWEEN_CLASSES 0 1",
            "BETWEEN_CLASSES 1 2",
            "VARIATIONS 0 0",
            "VARIATIONS 1 1",
            "VARIATIONS 2 2");
    List<Integer> path = told(strips.get(0));
    assertThat(path).hasSize(9).startsWith(0).endsWith(100);
    for (int i = 0; i < 9; i++) {
      assertThat(path.get(i)).isCloseTo(25 * i / 2, within(1));
    }
    Strip variations = strips.get(6);
    assertThat(told(variations).subList(1, 6)).containsExactly(10, 30, 50, 70, 90);
    assertThat(rowsOf(REAL, 1)).contains(Arrays.toString(variations.rows().get(0)));
  }

  @Test
  void withoutRealRowsNoneIsShown() {
    List<Strip> strips = strips(ALL, Optional.empty());
    assertThat(strips).hasSize(8);
    assertThat(told(strips.get(7)).get(0)).isEqualTo(202);
  }

  @Test
  void aModelThatOnlyMixesClassesHasPathsBetweenThem() {
    assertThat(strips(Set.of(Kind.MIX_CLASSES), Optional.of(REAL)))
        .hasSize(2)
        .allSatisfy(strip -> assertThat(strip.motif()).isEqualTo(Motif.BETWEEN_CLASSES));
    assertThat(strips(Set.of(Kind.VARY), Optional.of(REAL)))
        .hasSize(3)
        .allSatisfy(strip -> assertThat(strip.motif()).isEqualTo(Motif.VARIATIONS));
  }

  private static List<String> rowsOf(LabelledRows rows, int label) {
    return java.util.stream.IntStream.range(0, rows.size())
        .filter(row -> rows.labels()[row] == label)
        .mapToObj(row -> Arrays.toString(rows.select(new int[] {row}).values()))
        .toList();
  }
}
