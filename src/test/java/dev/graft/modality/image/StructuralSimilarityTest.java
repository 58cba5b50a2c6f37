package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.StoredRows;
import dev.graft.evaluate.metric.MsSsim;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Figures of {@code src/test/python/golden_ms_ssim.py}: the package {@code pytorch-msssim}. */
class StructuralSimilarityTest {
  private static final DatasetSchema GREY =
      new DatasetSchema("image", List.of(1, 28, 28), List.of("even", "odd"));

  static JsonNode golden() throws IOException {
    try (InputStream in = StructuralSimilarityTest.class.getResourceAsStream("ms-ssim.json")) {
      return Json.read(in.readAllBytes(), JsonNode.class);
    }
  }

  static List<Named<JsonNode>> cases() throws IOException {
    List<Named<JsonNode>> cases = new ArrayList<>();
    golden().get("cases").forEach(each -> cases.add(Named.of(each.get("name").asText(), each)));
    return cases;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceImplementation(JsonNode golden) {
    DatasetSchema schema =
        new DatasetSchema(
            "image",
            List.of(
                golden.get("channels").asInt(),
                golden.get("height").asInt(),
                golden.get("width").asInt()),
            List.of());
    double noise = golden.get("noise").asDouble();
    double mixed = golden.get("mixed").asDouble();
    long seed = golden.get("seed").asLong();
    byte[] left = image(schema, seed, noise);
    byte[] right = image(schema, seed + 1, noise);
    for (int i = 0; i < right.length; i++) {
      right[i] = (byte) Math.floor((left[i] & 0xFF) * mixed + (right[i] & 0xFF) * (1 - mixed));
    }
    assertThat(sum(left)).isEqualTo(golden.get("left-sum").asLong());
    assertThat(sum(right)).isEqualTo(golden.get("right-sum").asLong());

    StructuralSimilarity similarity = new StructuralSimilarity(schema);
    assertThat(similarity.scales()).isEqualTo(golden.get("scales").asInt());
    double value = similarity.of(left, 0, right, 0);
    assertThat(value).isCloseTo(golden.get("expected").asDouble(), within(1e-6));
    assertThat(similarity.of(right, 0, left, 0)).isCloseTo(value, within(1e-12));
    assertThat(similarity.of(left, 0, left, 0)).isCloseTo(1, within(1e-12));
  }

  @Test
  void theMetricIsTheMeanOfTheClassesMeansOverTheirPairs() throws Exception {
    int size = GREY.rowSize();
    byte[] values = new byte[12 * size];
    int[] labels = new int[12];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      byte[] image = image(GREY, 500 + 2 * i, 0.1 + 0.05 * i);
      System.arraycopy(image, 0, values, i * size, size);
      labels[i] = i % 2;
      ids.add(new SampleId(0, i));
    }
    StoredRows stored =
        new StoredRows(
            new LabelledRows(size, values, labels, ids),
            new ImageModality().similarity(GREY).orElseThrow());
    double[] features = new double[12];
    MetricInput input = new MetricInput(features, features, 1, 5, Optional.of(stored));
    assertThat(new MsSsim().compute(input)).isCloseTo(golden().get("set").asDouble(), within(1e-6));
  }

  private static byte[] image(DatasetSchema schema, long seed, double noise) {
    int channels = schema.shape().get(0);
    int height = schema.shape().get(1);
    int width = schema.shape().get(2);
    CounterRandom blocks = CounterRandom.of(seed);
    CounterRandom pixels = CounterRandom.of(seed + 1000);
    byte[] values = new byte[channels * height * width];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = (c * height + y) * width + x;
          int block = (c * height + y / 4) * width + x / 4;
          double value = blocks.uniform(block) * (1 - noise) + pixels.uniform(at) * noise;
          values[at] = (byte) Math.floor(256 * value);
        }
      }
    }
    return values;
  }

  private static long sum(byte[] values) {
    long sum = 0;
    for (byte value : values) {
      sum += value & 0xFF;
    }
    return sum;
  }
}
