package dev.graft.model.external;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code architecture} section of a generator: its file and the file's signature.
 *
 * @param noise its first input
 * @param label its second input; null for none
 * @param image its first output
 */
record ExternalArchitecture(ModelFile file, Noise noise, Label label, DeclaredImage image) {
  /**
   * @param shape of one sample's noise
   * @param distribution {@code normal}, standard; or {@code uniform}
   * @param range of uniform noise
   */
  record Noise(List<Integer> shape, String distribution, List<Double> range) {
    int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }

    /** (batch, shape) of values. */
    Input input(float[] values, int batch) {
      long[] whole = new long[shape.size() + 1];
      whole[0] = batch;
      Arrays.setAll(whole, i -> i == 0 ? batch : shape.get(i - 1));
      return new Input.Floats(new Tensor(whole, values));
    }

    /** Draws one sample's noise into {@code out} at {@code offset}. */
    void draw(CounterRandom random, float[] out, int offset) {
      if (distribution.equals("normal")) {
        random.gaussian(out, offset, size());
        return;
      }
      for (int i = 0; i < size(); i++) {
        double place = random.uniform(i);
        out[offset + i] = (float) (range.get(0) + place * (range.get(1) - range.get(0)));
      }
    }
  }

  /**
   * @param as {@code index}, a 64-bit integer per sample, (B); or {@code one-hot}, (B, classes)
   * @param classes names in the file's order
   */
  record Label(String as, List<String> classes) {
    Input input(int[] numbers) {
      if (as.equals("index")) {
        return new Input.Indices(Arrays.stream(numbers).asLongStream().toArray());
      }
      float[] vectors = new float[numbers.length * classes.size()];
      for (int i = 0; i < numbers.length; i++) {
        vectors[i * classes.size() + numbers[i]] = 1;
      }
      return new Input.Floats(Tensor.of(vectors, numbers.length, classes.size()));
    }
  }

  static ExternalArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, ExternalArchitecture.class);
  }

  /**
   * @throws GraftException (exit 2) when the signature does not suit the data
   */
  void check(DatasetSchema schema) {
    image.check(ImageShape.of(schema));
    if (label == null && schema.classes().size() > 1) {
      throw GraftException.usage(
          "the model file takes no label, but the data has the classes %s; declare"
              + " architecture.label, or take a file that draws by class",
          String.join(", ", schema.classes()));
    }
    if (label != null) {
      new KnownClasses(label.classes()).check(schema);
    }
  }

  /**
   * The file's number of each class of the data, whose rows are all of one class where there are no
   * classes.
   *
   * @throws GraftException (exit 2) when the data has no classes and the file wants one
   */
  int[] numbers(DatasetSchema schema) {
    if (label == null) {
      return new int[1];
    }
    if (schema.classes().isEmpty()) {
      throw GraftException.usage(
          "the model file takes a label, one of %s, but the data has no classes",
          String.join(", ", label.classes()));
    }
    return new KnownClasses(label.classes()).numbers(schema);
  }

  /**
   * A call for images.
   *
   * @param noise (batch, noise)
   * @param numbers the file's number of each row's class
   */
  List<Input> inputs(float[] noise, int[] numbers) {
    Input first = this.noise.input(noise, numbers.length);
    return label == null ? List.of(first) : List.of(first, label.input(numbers));
  }
}
