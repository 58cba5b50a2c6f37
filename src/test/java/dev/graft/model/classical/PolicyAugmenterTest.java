package dev.graft.model.classical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.model.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The policy of a definition as the augmentation of training batches. */
class PolicyAugmenterTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 2, 2), List.of("left", "right"));

  /** The second of two rows. */
  private static final byte[] ROWS = {9, 9, 9, 9, 1, 2, 3, 4};

  @TempDir Path directory;

  @Test
  void changesOneRowAndItAlone() throws IOException {
    byte[] out = new byte[6];
    of("{op: flip}").augment(ROWS, 4, 1, CounterRandom.of(3), out, 1);
    assertThat(out).containsExactly(0, 2, 1, 4, 3, 0);
  }

  @Test
  void sparesTheClassesThatTheOperationWouldChange() throws IOException {
    PolicyAugmenter augmenter = of("{op: flip, except: [left]}");
    byte[] out = new byte[4];
    augmenter.augment(ROWS, 4, 0, CounterRandom.of(3), out, 0);
    assertThat(out).containsExactly(1, 2, 3, 4);
    augmenter.augment(ROWS, 4, 1, CounterRandom.of(3), out, 0);
    assertThat(out).containsExactly(2, 1, 4, 3);
  }

  @Test
  void drawsAfreshAtEachUse() throws IOException {
    PolicyAugmenter augmenter = of("{op: flip, probability: 0.5}");
    int mirrored = 0;
    for (int use = 0; use < 1000; use++) {
      byte[] out = new byte[4];
      augmenter.augment(ROWS, 4, 1, CounterRandom.of(3, use), out, 0);
      mirrored += Arrays.equals(out, new byte[] {2, 1, 4, 3}) ? 1 : 0;
    }
    assertThat(mirrored).isBetween(420, 580);
  }

  @Test
  void leavesARowAsItIsThatAnotherOneWouldBeMixedInto() throws IOException {
    byte[] out = new byte[4];
    of("{op: mix-up, amount: 0.5}").augment(ROWS, 4, 1, CounterRandom.of(3), out, 0);
    assertThat(out).containsExactly(1, 2, 3, 4);
  }

  @Test
  void refusesClassesThatTheDataDoesNotHave() {
    assertThatThrownBy(() -> of("{op: flip, except: [up]}"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("leaves out the class \"up\"; the data has left, right");
  }

  private PolicyAugmenter of(String operation) throws IOException {
    Path file = directory.resolve("policy.yaml");
    Files.writeString(
        file, "family: classical\narchitecture:\n  operations:\n    - " + operation + "\n");
    return PolicyAugmenter.of(DefinitionReader.read(file, List.of()), SCHEMA);
  }
}
