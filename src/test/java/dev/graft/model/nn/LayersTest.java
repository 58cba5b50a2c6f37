package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition.Compute;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayersTest {
  private NDManager manager;
  private GradMode off;

  @BeforeEach
  void open() {
    manager = TorchEngine.newManager(new Compute(1, 8, CpuCapability.best().key()));
    off = GradMode.off();
  }

  @AfterEach
  void close() {
    off.close();
    manager.close();
  }

  @Test
  void parametersKeepTheirReadingOrder() {
    float[] values = noise(2 * 3 * 4 * 5, 1);
    ParameterSet set = new ParameterSet(manager);
    set.add("w", Tensor.of(values, 2, 3, 4, 5));
    assertThat(set.export().get("w").values()).isEqualTo(values);
    assertThat(ParameterSet.of(manager, set.export()).export()).isEqualTo(set.export());
  }

  @Test
  void convolutionIsTheTextbookOne() {
    int in = 3;
    int out = 2;
    int size = 6;
    int kernel = 4;
    int stride = 2;
    Layers.Conv layer = new Layers.Conv("c", in, out, kernel, stride);
    ParameterSet parameters = new ParameterSet(manager);
    layer.declare(parameters, 1);
    float[] x = noise(in * size * size, 2);
    float[] w = parameters.export().get("c.weight").values();
    float[] b = parameters.export().get("c.bias").values();
    NDArray result = layer.apply(parameters, manager.create(x, new Shape(1, in, size, size)));
    int half = Layers.Conv.outputSize(size, kernel, stride);
    assertThat(result.getShape()).isEqualTo(new Shape(1, out, half, half));
    float[] y = result.toFloatArray();
    for (int o = 0; o < out; o++) {
      for (int r = 0; r < half; r++) {
        for (int c = 0; c < half; c++) {
          double sum = b[o];
          for (int i = 0; i < in; i++) {
            for (int u = 0; u < kernel; u++) {
              for (int v = 0; v < kernel; v++) {
                int row = r * stride + u - 1;
                int column = c * stride + v - 1;
                if (row >= 0 && row < size && column >= 0 && column < size) {
                  sum +=
                      w[((o * in + i) * kernel + u) * kernel + v]
                          * x[(i * size + row) * size + column];
                }
              }
            }
          }
          assertThat((double) y[(o * half + r) * half + c]).isCloseTo(sum, Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void pixelShuffleSpreadsChannelsOverBlocks() {
    int channels = 3;
    float[] x = noise(4 * channels * 2 * 2, 3);
    NDArray result = Layers.pixelShuffle(manager.create(x, new Shape(1, 4 * channels, 2, 2)));
    assertThat(result.getShape()).isEqualTo(new Shape(1, channels, 4, 4));
    float[] y = result.toFloatArray();
    for (int c = 0; c < channels; c++) {
      for (int row = 0; row < 4; row++) {
        for (int column = 0; column < 4; column++) {
          int block = row % 2 * 2 + column % 2;
          assertThat(y[(c * 4 + row) * 4 + column])
              .isEqualTo(x[((block * channels + c) * 2 + row / 2) * 2 + column / 2]);
        }
      }
    }
  }

  @Test
  void unflattenUndoesFlatten() {
    NDArray x = manager.create(noise(2 * 3 * 4 * 5, 4), new Shape(2, 3, 4, 5));
    assertThat(Layers.unflatten(Layers.flatten(x), 3, 4, 5).toFloatArray())
        .isEqualTo(x.toFloatArray());
  }

  @Test
  void quantisingUndoesUpload() {
    ImageShape shape = new ImageShape(3, 4, 4);
    byte[] values = new byte[2 * shape.rowSize()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (i * 37);
    }
    ImageArrays images = new ImageArrays(manager, shape);
    assertThat(images.download(images.upload(manager, values, 2))).isEqualTo(values);
  }

  private static float[] noise(int count, long seed) {
    float[] values = new float[count];
    CounterRandom.of(seed).gaussian(values, 0, count);
    return values;
  }
}
