package dev.graft.stage;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Hands numbered pieces of work to the workers in turn. A plain {@link Reshuffle} lets the hash of
 * a key decide, so that of a few long pieces one worker may get all; here piece {@code i} has a key
 * whose hash puts it on worker {@code i mod p} for every parallelism p that divides {@value
 * #TURNS}, on runners that partition as Flink's batch runner does (Murmur3 over the encoded key).
 * Elsewhere it is a reshuffle by {@value #KEYS} keys.
 *
 * @param <T> a piece of work
 */
public final class SpreadEvenly<T> extends PTransform<PCollection<T>, PCollection<T>> {
  private static final long serialVersionUID = 1L;
  private static final int TURNS = 32;
  private static final int KEYS = 1024;

  private final SerializableFunction<T, Integer> number;

  private SpreadEvenly(SerializableFunction<T, Integer> number) {
    this.number = number;
  }

  /**
   * Spreads by the number of each piece.
   *
   * @param number its place in the order of work, from 0
   */
  public static <T> SpreadEvenly<T> by(SerializableFunction<T, Integer> number) {
    return new SpreadEvenly<>(number);
  }

  /**
   * The key that puts a group on worker {@code number mod p}, other numbers below {@value #KEYS}
   * having others.
   *
   * @param number of the group, from 0
   */
  public static int key(int number) {
    return Keys.BY_PLACE[Math.floorMod(number, KEYS)];
  }

  @Override
  public PCollection<T> expand(PCollection<T> pieces) {
    Coder<T> coder = pieces.getCoder();
    SerializableFunction<T, Integer> place = number;
    return pieces
        .apply(
            "KeyByTurn",
            WithKeys.of((T piece) -> key(place.apply(piece)))
                .withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), coder))
        .apply("Reshuffle", Reshuffle.of())
        .apply("Pieces", Values.create())
        .setCoder(coder);
  }

  /** Keys by place: the turn of the key at place {@code i} is {@code i mod TURNS}. */
  private static final class Keys {
    static final int[] BY_PLACE = search();

    private static int[] search() {
      int[] found = new int[TURNS];
      int[] keys = new int[KEYS];
      int missing = KEYS;
      for (int key = 0; missing > 0; key++) {
        int turn = turn(key);
        int place = found[turn] * TURNS + turn;
        if (place < KEYS) {
          keys[place] = key;
          found[turn]++;
          missing--;
        }
      }
      return keys;
    }

    private static int turn(int key) {
      ByteArrayOutputStream encoded = new ByteArrayOutputStream();
      try {
        VarIntCoder.of().encode(key, encoded);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      int hash = Hashing.murmur3_32_fixed().hashInt(Arrays.hashCode(encoded.toByteArray())).asInt();
      return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % TURNS;
    }
  }
}
