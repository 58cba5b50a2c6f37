package dev.graft.select;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.SampleId;
import dev.graft.modality.SignatureScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  /**
   * One byte, distance by difference, two overlapping grids of buckets: no pair within 4 is missed.
   */
  private static final SignatureScheme LINE =
      new SignatureScheme() {
        @Override
        public int length() {
          return 1;
        }

        @Override
        public byte[] signature(byte[] values, int offset) {
          return new byte[] {values[offset]};
        }

        @Override
        public double distance(byte[] left, byte[] right) {
          return Math.abs(left[0] - right[0]);
        }

        @Override
        public long[] buckets(byte[] signature, double radius) {
          return new long[] {
            CounterRandom.mix(1000 + Math.floorDiv(signature[0], 10)),
            CounterRandom.mix(2000 + Math.floorDiv(signature[0] + 5, 10))
          };
        }

        @Override
        public double defaultRadius() {
          return 4;
        }

        @Override
        public String unit() {
          return "steps";
        }
      };

  @Property(tries = 50)
  void marksExactlyThoseWithAnEarlierNeighbour(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int shards) {
    byte[] signatures = signatures(seed, 40);
    long[] orders = orders(40, seed);
    List<Long> expected = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 40; j++) {
        if (orders[j] < orders[i] && Math.abs(signatures[i] - signatures[j]) <= 4) {
          expected.add(orders[i]);
          break;
        }
      }
    }
    Collections.sort(expected);
    assertThat(marked(new NearDuplicates(LINE, 4), orders, signatures, shards, seed))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void collapsedSetKeepsItsEarliestAndCostsNoMoreThanTheCapAllows() {
    int rows = 50_000;
    long[] orders = orders(rows, 3);
    DuplicateMarks marks =
        new NearDuplicates(LINE, 4)
            .marks(List.of(new NearDuplicates(LINE, 4).entries(orders, new byte[rows])));
    assertThat(marks.orders())
        .hasSize(rows - 1)
        .doesNotContain(Arrays.stream(orders).min().getAsLong());
    assertThat(marks.collapsed()).isEqualTo(marks.orders());
  }

  @Test
  void overfullBucketOfDifferentRowsDropsNone() {
    byte[] signatures = {0, 5, 1, 9};
    long[] orders = {10, 20, 30, 40};
    NearDuplicates strict = new NearDuplicates(LINE, 0, 2);
    DuplicateMarks marks = strict.marks(List.of(strict.entries(orders, signatures)));
    assertThat(marks.orders()).isEmpty();
    signatures[3] = 5;
    marks = strict.marks(List.of(strict.entries(orders, signatures)));
    assertThat(marks.orders()).containsExactly(40);
    assertThat(marks.collapsed()).containsExactly(40);
  }

  @Property(tries = 50)
  void marksExactlyTheCandidatesNearAPublishedRowAndThoseAmongCandidatesAsWithout(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int shards) {
    int rows = 60;
    byte[] signatures = signatures(seed, rows);
    long[] orders = orders(rows, seed);
    for (int i = 0; i < rows; i += 3) {
      orders[i] = published(i);
    }
    int[] candidates = IntStream.range(0, rows).filter(i -> orders[i] >= 0).toArray();
    List<Long> near =
        Arrays.stream(candidates)
            .filter(
                i ->
                    IntStream.range(0, rows)
                        .filter(j -> orders[j] < 0)
                        .anyMatch(j -> Math.abs(signatures[i] - signatures[j]) <= 4))
            .mapToObj(i -> orders[i])
            .sorted()
            .toList();
    byte[] theirs = new byte[candidates.length];
    for (int i = 0; i < theirs.length; i++) {
      theirs[i] = signatures[candidates[i]];
    }
    long[] without = Arrays.stream(candidates).mapToLong(i -> orders[i]).toArray();
    NearDuplicates search = new NearDuplicates(LINE, 4);
    assertThat(marked(search, orders, signatures, shards, seed, DuplicateMarks::published))
        .containsExactlyElementsOf(near);
    assertThat(marked(search, orders, signatures, shards, seed))
        .containsExactlyElementsOf(marked(search, without, theirs, 1, seed));
  }

  @Test
  void publishedRowsOfABucketAreCappedByThemselvesAndNeverMarked() {
    byte[] signatures = {1, 2, 3, 3, 1, 7, 7};
    long[] orders = {-30, -20, -10, 0, 1, 2, 3};
    NearDuplicates strict = new NearDuplicates(LINE, 0, 2);
    DuplicateMarks marks = strict.marks(List.of(strict.entries(orders, signatures)));
    assertThat(marks.published()).containsExactly(1); // -10 is beyond the cap
    assertThat(marks.orders()).containsExactly(3); // whatever number of published rows is there
    NearDuplicates wider = new NearDuplicates(LINE, 0, 3);
    marks = wider.marks(List.of(wider.entries(orders, signatures)));
    assertThat(marks.published()).containsExactly(0, 1);
    assertThat(marks.orders()).containsExactly(3);
  }

  @Test
  void publishedRowsDoNotMakeABucketOfCandidatesOverFull() {
    byte[] signatures = new byte[5];
    long[] orders = {-4, -3, -2, 5, 6};
    NearDuplicates search = new NearDuplicates(LINE, 0, 2);
    DuplicateMarks marks = search.marks(List.of(search.entries(orders, signatures)));
    assertThat(marks.published()).containsExactly(5, 6);
    assertThat(marks.orders()).containsExactly(6);
    assertThat(marks.collapsed()).isEmpty();
  }

  @Test
  void publishedRowsComeBeforeAllCandidatesAndBelongToNoRound() {
    long key = published(7);
    assertThat(key).isNegative().isEqualTo(published(7)).isNotEqualTo(published(8));
    assertThat(OrderKey.published(1, new SampleId(3, 4)))
        .isNotEqualTo(OrderKey.published(2, new SampleId(3, 4)));
    assertThat(key).isLessThan(OrderKey.of(0, 0, -1));
    assertThat(OrderKey.round(key)).isGreaterThan(3);
  }

  @Test
  void marksAreDealtToTheirRoundAndClass() {
    long[] orders = {OrderKey.of(0, 5, 1), OrderKey.of(1, 0, 1), OrderKey.of(1, 0, 2)};
    DuplicateMarks marks =
        new DuplicateMarks(orders, new long[] {orders[2]}, new long[] {OrderKey.of(1, 9, 4)});
    Map<Integer, DuplicateMarks> classes = marks.byClass(1);
    assertThat(classes).containsOnlyKeys(1, 2, 4);
    assertThat(classes.get(1).orders()).containsExactly(orders[1]);
    assertThat(classes.get(1).collapsed()).isEmpty();
    assertThat(classes.get(2).collapsed()).containsExactly(orders[2]);
    assertThat(classes.get(4).orders()).isEmpty();
    assertThat(classes.get(4).published()).containsExactly(OrderKey.of(1, 9, 4));
  }

  private static long published(int row) {
    return OrderKey.published(20_000, new SampleId(row, 1));
  }

  @Test
  void orderIsByRoundThenIndexThenClass() {
    assertThat(OrderKey.of(0, 5, 9)).isLessThan(OrderKey.of(0, 6, 0));
    assertThat(OrderKey.of(0, 999_999, 9)).isLessThan(OrderKey.of(1, 0, 0));
    assertThat(OrderKey.of(0, 5, -1)).isLessThan(OrderKey.of(0, 5, 0));
    long key = OrderKey.of(2, (1L << 40) - 1, 77);
    assertThat(OrderKey.round(key)).isEqualTo(2);
    assertThat(OrderKey.index(key)).isEqualTo((1L << 40) - 1);
    assertThat(OrderKey.label(key)).isEqualTo(77);
    assertThat(OrderKey.label(OrderKey.of(0, 0, -1))).isEqualTo(-1);
  }

  /** Marks found when rows come in pieces, in any order, over so many shards. */
  private static List<Long> marked(
      NearDuplicates search, long[] orders, byte[] signatures, int shards, long seed) {
    return marked(search, orders, signatures, shards, seed, DuplicateMarks::orders);
  }

  private static List<Long> marked(
      NearDuplicates search,
      long[] orders,
      byte[] signatures,
      int shards,
      long seed,
      Function<DuplicateMarks, long[]> which) {
    List<List<DuplicateEntries>> byShard = new ArrayList<>();
    for (int shard = 0; shard < shards; shard++) {
      byShard.add(new ArrayList<>());
    }
    for (int from = 0; from < orders.length; from += 7) {
      int to = Math.min(orders.length, from + 7);
      DuplicateEntries[] parts =
          search
              .entries(
                  Arrays.copyOfRange(orders, from, to), Arrays.copyOfRange(signatures, from, to))
              .split(shards);
      for (int shard = 0; shard < shards; shard++) {
        byShard.get(shard).add(parts[shard]);
      }
    }
    return byShard.stream()
        .peek(parts -> Collections.shuffle(parts, new Random(seed)))
        .flatMapToLong(parts -> Arrays.stream(which.apply(search.marks(parts))))
        .distinct()
        .sorted()
        .boxed()
        .toList();
  }

  private static byte[] signatures(long seed, int rows) {
    byte[] signatures = new byte[rows];
    for (int i = 0; i < rows; i++) {
      signatures[i] = (byte) CounterRandom.of(seed, i).below(0, 127);
    }
    return signatures;
  }

  private static long[] orders(int rows, long seed) {
    int[] places = CounterRandom.of(seed, 99).permutation(rows);
    return Arrays.stream(places).mapToLong(place -> OrderKey.of(0, place, 1)).toArray();
  }
}
