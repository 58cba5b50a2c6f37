package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.BadRecord;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PngCodecTest {
  @Property(tries = 200)
  void comesBackTheSameHereAndThroughImageIo(
      @ForAll long seed,
      @ForAll boolean colour,
      @ForAll @IntRange(min = 4, max = 40) int height,
      @ForAll @IntRange(min = 4, max = 40) int width,
      @ForAll @IntRange(min = 0, max = 9) int offset)
      throws BadRecord, IOException {
    int channels = colour ? 3 : 1;
    int size = channels * height * width;
    byte[] values = Pictures.noise(seed, offset + size);
    Arrays.fill(values, offset, offset + size / 2, (byte) seed);
    PayloadCodec codec = codec(channels, height, width);
    byte[] file = codec.encode(values, offset);
    assertThat(codec.encode(values, offset)).isEqualTo(file);

    byte[] back = new byte[offset + size];
    codec.decode(file, back, offset);
    assertThat(Arrays.copyOfRange(back, offset, offset + size))
        .isEqualTo(Arrays.copyOfRange(values, offset, offset + size));

    BufferedImage read = ImageIO.read(new ByteArrayInputStream(file));
    assertThat(new int[] {read.getWidth(), read.getHeight()}).containsExactly(width, height);
    for (int i = 0; i < size; i++) {
      int pixel = i % (height * width);
      assertThat(read.getRaster().getSample(pixel % width, pixel / width, i / (height * width)))
          .isEqualTo(values[offset + i] & 0xFF);
    }
  }

  @Test
  void readsForeignPngs() throws BadRecord {
    BufferedImage image = Pictures.smooth(9, 7, BufferedImage.TYPE_3BYTE_BGR);
    byte[] back = new byte[3 * 7 * 9];
    codec(3, 7, 9).decode(Pictures.file(image, "png"), back, 0);
    assertThat(back[8] & 0xFF).isEqualTo(8 * 255 / 9);
  }

  @Test
  void refusesOtherSizesAndDamage() {
    byte[] file = codec(1, 8, 8).encode(Pictures.noise(5, 64), 0);
    assertThatThrownBy(() -> codec(1, 4, 4).decode(file, new byte[16], 0))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("8x8");
    for (int cut : new int[] {0, 5, 30, 50, file.length / 2}) {
      assertThatThrownBy(() -> codec(1, 8, 8).decode(Arrays.copyOf(file, cut), new byte[64], 0))
          .isInstanceOf(BadRecord.class);
    }
  }

  private static PayloadCodec codec(int channels, int height, int width) {
    return Modalities.get("image")
        .codec(new DatasetSchema("image", List.of(channels, height, width), List.of()));
  }
}
