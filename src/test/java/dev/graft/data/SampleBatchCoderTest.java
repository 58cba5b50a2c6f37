package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class SampleBatchCoderTest {
  @Property(tries = 200)
  void decodesWhatItEncoded(
      @ForAll long seed,
      @ForAll @IntRange(max = 256) int rows,
      @ForAll @IntRange(min = 1, max = 40) int rowSize,
      @ForAll @IntRange(min = -1, max = 1000) int label,
      @ForAll @LongRange(min = 0) long firstIndex,
      @ForAll boolean derived)
      throws Exception {
    SampleBatch batch = batch(new Random(seed), rows, rowSize, label, firstIndex, derived);

    byte[] bytes = CoderUtils.encodeToByteArray(SampleBatchCoder.of(), batch);
    SampleBatch decoded = CoderUtils.decodeFromByteArray(SampleBatchCoder.of(), bytes);

    assertThat(decoded).isEqualTo(batch);
    assertThat(decoded.scores().keySet()).containsExactlyElementsOf(batch.scores().keySet());
    assertThat(CoderUtils.encodeToByteArray(SampleBatchCoder.of(), decoded)).isEqualTo(bytes);
  }

  @Test
  void addsFewBytesToTheColumns() throws Exception {
    SampleBatch batch = batch(new Random(1), 256, 784, 7, 123_456, false);
    int columns = 256 * (16 + 784 + 2 * Float.BYTES);
    for (int row = 0; row < batch.size(); row++) {
      columns += batch.payload(row).length;
    }

    int length = CoderUtils.encodeToByteArray(SampleBatchCoder.of(), batch).length;

    assertThat(length - columns).isBetween(1, 256 * 2 + 50);
  }

  private static SampleBatch batch(
      Random random, int rows, int rowSize, int label, long firstIndex, boolean derived) {
    SampleId[] ids = new SampleId[rows];
    byte[] values = new byte[rows * rowSize];
    random.nextBytes(values);
    byte[][] payloads = new byte[rows][];
    float[] first = new float[rows];
    float[] second = new float[rows];
    for (int row = 0; row < rows; row++) {
      ids[row] = new SampleId(random.nextLong(), random.nextLong());
      payloads[row] = new byte[random.nextInt(300)];
      random.nextBytes(payloads[row]);
      first[row] = random.nextFloat();
      second[row] = (float) random.nextGaussian();
    }
    Map<String, float[]> scores = new LinkedHashMap<>();
    scores.put("realism", first);
    scores.put("label-agreement", second);
    Map<String, String> attributes = random.nextBoolean() ? Map.of() : Map.of("b", "2", "a", "é");
    return new SampleBatch(
        new Condition(label, attributes),
        random.nextInt(3),
        firstIndex,
        ids,
        rowSize,
        values,
        payloads,
        scores,
        derived ? origins(random, ids) : List.of());
  }

  private static List<Origin> origins(Random random, SampleId[] sources) {
    return Arrays.stream(sources)
        .map(
            source ->
                new Origin(
                    new Condition(3, Map.of("mode", "vary")),
                    random.nextBoolean() ? List.of() : List.of(source, sources[0])))
        .toList();
  }
}
