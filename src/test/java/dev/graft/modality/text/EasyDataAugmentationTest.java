package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.modality.text.EasyDataAugmentation.Operation;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EasyDataAugmentationTest {
  private static final String TEXT =
      "please book a cheap flight to rome for my trip tomorrow night";

  private final EasyDataAugmentation operations =
      new EasyDataAugmentation(128, false, 0.1, Operation.EDA);

  @Test
  void meetsAllFourOperations() {
    Set<String> kinds = new TreeSet<>();
    List<String> before = List.of(TEXT.split(" "));
    for (int draw = 0; draw < 400; draw++) {
      List<String> after = List.of(operations.augment(TEXT, CounterRandom.of(5, draw)).split(" "));
      if (after.size() < before.size()) {
        assertThat(before).containsAll(after);
        kinds.add("deletion");
      } else if (after.size() > before.size()) {
        assertThat(after).hasSize(before.size() + 1).containsAll(before);
        kinds.add("insertion");
      } else if (new HashSet<>(after).equals(new HashSet<>(before))) {
        kinds.add(after.equals(before) ? "nothing deleted" : "exchange");
      } else {
        long changed =
            IntStream.range(0, after.size())
                .filter(i -> !after.get(i).equals(before.get(i)))
                .peek(i -> assertThat(Synonyms.of(before.get(i))).contains(after.get(i)))
                .count();
        assertThat(changed).isEqualTo(1);
        kinds.add("replacement");
      }
    }
    assertThat(kinds)
        .containsExactly("deletion", "exchange", "insertion", "nothing deleted", "replacement");
  }

  @Test
  void lettersOfOneWordAreLeftOutDoubledOrExchanged() {
    EasyDataAugmentation letters =
        new EasyDataAugmentation(128, false, 0.1, List.of(Operation.LETTERS));
    Set<Integer> lengths = new TreeSet<>();
    List<String> before = List.of(TEXT.split(" "));
    for (int draw = 0; draw < 200; draw++) {
      List<String> after = List.of(letters.augment(TEXT, CounterRandom.of(6, draw)).split(" "));
      assertThat(after).hasSameSizeAs(before);
      int[] changed =
          IntStream.range(0, after.size())
              .filter(i -> !after.get(i).equals(before.get(i)))
              .toArray();
      assertThat(changed.length).isLessThanOrEqualTo(1); // "book" with its o exchanged is "book"
      for (int word : changed) {
        lengths.add(after.get(word).length() - before.get(word).length());
        assertThat(after.get(word).chars().mapToObj(c -> (char) c))
            .isSubsetOf(before.get(word).chars().mapToObj(c -> (char) c).toList());
      }
    }
    assertThat(lengths).containsExactly(-1, 0, 1);
  }

  @Test
  void lettersAreWholeCodePoints() {
    EasyDataAugmentation letters =
        new EasyDataAugmentation(128, false, 1, List.of(Operation.LETTERS));
    for (int draw = 0; draw < 50; draw++) {
      String after = letters.augment("\uD83D\uDE00\uD83D\uDE01 a", CounterRandom.of(7, draw));
      assertThat(CanonicalText.normal(after)).isEqualTo(after);
    }
  }

  @Test
  void isAFunctionOfTheDraw() {
    byte[] row = new byte[128];
    CanonicalText.write(TEXT, row, 0, 128);
    byte[] one = new byte[128];
    byte[] other = new byte[256];
    operations.augment(row, 0, 1, CounterRandom.of(9, 4), one, 0);
    operations.augment(row, 0, 1, CounterRandom.of(9, 4), other, 128);
    assertThat(Arrays.copyOfRange(other, 128, 256)).isEqualTo(one);
  }

  @Test
  void oneWordStays() {
    for (int draw = 0; draw < 100; draw++) {
      assertThat(operations.augment("ok", CounterRandom.of(1, draw))).isEqualTo("ok");
    }
  }

  @Test
  void partsAreChangedOneByOne() {
    EasyDataAugmentation parted = new EasyDataAugmentation(64, true, 0.3, Operation.EDA);
    String text = "one two three four\tfive six seven eight";
    byte[] row = new byte[64];
    CanonicalText.write(text, row, 0, 64);
    Set<String> seen = new HashSet<>();
    for (int draw = 0; draw < 200; draw++) {
      byte[] out = new byte[64];
      parted.augment(row, 0, 1, CounterRandom.of(3, draw), out, 0);
      String changed = CanonicalText.read(out, 0, 64);
      List<String> parts = TextParts.of(changed);
      assertThat(parts).hasSize(2).noneMatch(String::isBlank);
      assertThat(parts.get(0)).doesNotContain("five", "six", "seven", "eight");
      assertThat(parts.get(1)).doesNotContain("one", "two", "three", "four");
      seen.add(changed);
    }
    assertThat(seen).hasSizeGreaterThan(20);
  }

  @Test
  void aPairThatBecomesTooLongStaysWhatItWas() {
    String text = "quick\tquick";
    EasyDataAugmentation parted = new EasyDataAugmentation(11, true, 0.3, Operation.EDA);
    byte[] row = new byte[11];
    CanonicalText.write(text, row, 0, 11);
    for (int draw = 0; draw < 50; draw++) {
      byte[] out = new byte[11];
      parted.augment(row, 0, 1, CounterRandom.of(3, draw), out, 0);
      assertThat(TextParts.complete(CanonicalText.read(out, 0, 11), 2)).isTrue();
    }
  }
}
