package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashedGramsTest {
  private static final int BUCKETS = 4096;

  private static int place(int kind, String gram) {
    long hash =
        Hashing.murmur3_128(0x6772)
            .newHasher()
            .putInt(kind)
            .putString(gram, StandardCharsets.UTF_8)
            .hash()
            .asLong();
    return (int) Long.remainderUnsigned(hash, BUCKETS);
  }

  @Test
  void everyGramHasThePlaceOfItsHash() {
    List<Integer> expected = new ArrayList<>();
    String text = " caf\u00E9 \uD83D\uDE00 bar ";
    int[] points = text.codePoints().toArray();
    for (int length = 2; length <= 4; length++) {
      for (int i = 0; i + length <= points.length; i++) {
        expected.add(place(1, new String(points, i, length)));
      }
    }
    for (String words : List.of("caf\u00E9", "\uD83D\uDE00", "bar")) {
      expected.add(place(2, words));
    }
    for (String words : List.of("caf\u00E9 \uD83D\uDE00", "\uD83D\uDE00 bar")) {
      expected.add(place(2, words));
    }
    HashedGrams grams =
        new HashedGrams(new HashedGrams.Settings(List.of(2, 4), List.of(1, 2), BUCKETS));
    assertThat(grams.places("Caf\u00E9  \uD83D\uDE00 BAR"))
        .containsExactly(expected.stream().mapToInt(Integer::intValue).toArray());
  }

  @Test
  void shortTextsHaveFewGrams() {
    HashedGrams words = new HashedGrams(new HashedGrams.Settings(List.of(), List.of(1, 3), 16));
    assertThat(words.places("")).isEmpty();
    assertThat(words.places("one two")).hasSize(3);
    HashedGrams characters = new HashedGrams(new HashedGrams.Settings(List.of(2, 4), null, 16));
    assertThat(characters.places("")).hasSize(1);
  }
}
