package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.modality.BadRecord;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageDecoderTest {
  private static final String COLOUR = "{\"size\": [8, 16], \"channels\": \"colour\"}";

  @ParameterizedTest
  @CsvSource({"png,0", "bmp,0", "gif,40", "jpg,25"})
  void readsEveryFormat(String format, int tolerance) throws BadRecord {
    BufferedImage image = Pictures.smooth(16, 8, BufferedImage.TYPE_INT_RGB);
    byte[] row = Pictures.decoder(COLOUR).decode(Pictures.file(image, format));
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 16; x++) {
        for (int c = 0; c < 3; c++) {
          int expected = image.getRGB(x, y) >> (16 - 8 * c) & 0xFF;
          assertThat(row[(c * 8 + y) * 16 + x] & 0xFF).isCloseTo(expected, within(tolerance));
        }
      }
    }
  }

  @Test
  void turnsColourToGreyByLuma() throws BadRecord {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, Pictures.rgb(255, 0, 0));
    image.setRGB(1, 0, Pictures.rgb(0, 255, 0));
    image.setRGB(2, 0, Pictures.rgb(0, 0, 255));
    image.setRGB(3, 0, Pictures.rgb(255, 255, 255));
    byte[] row = Pictures.decoder("{\"size\": 4}").decode(Pictures.file(image, "png"));
    assertThat(Arrays.copyOf(row, 4)).containsExactly((byte) 76, (byte) 150, (byte) 29, (byte) 255);
  }

  @Test
  void composesTransparencyOverWhite() throws BadRecord {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(1, 0, 0xFF000000);
    image.setRGB(2, 0, 0x80000000);
    byte[] row = Pictures.decoder("{\"size\": 4}").decode(Pictures.file(image, "png"));
    assertThat(Arrays.copyOf(row, 3)).containsExactly((byte) 255, (byte) 0, (byte) 127);
  }

  @Test
  void looksUpPalettesAndScalesSixteenBits() throws BadRecord {
    BufferedImage indexed = new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_INDEXED);
    indexed.setRGB(0, 0, Pictures.rgb(255, 0, 0));
    byte[] row =
        Pictures.decoder("{\"size\": 4, \"channels\": \"colour\"}")
            .decode(Pictures.file(indexed, "png"));
    assertThat(row[0]).isEqualTo((byte) 255);
    assertThat(row[16]).isZero();

    BufferedImage deep = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(0, 0, 0, 65535);
    deep.getRaster().setSample(1, 0, 0, 32896);
    row = Pictures.decoder("{\"size\": 4}").decode(Pictures.file(deep, "png"));
    assertThat(Arrays.copyOf(row, 3)).containsExactly((byte) 255, (byte) 128, (byte) 0);
  }

  @Test
  void refusesHugeHeadersBeforeDecoding() {
    assertRefused("{\"size\": 28, \"resize\": \"fit\"}", Pictures.pngHeader(50_000, 50_000))
        .hasMessageContaining("50000x50000 pixels; at most 50000000");
  }

  @Test
  void refusesFilesOverTheByteLimit() {
    RecordDecoder decoder = Pictures.decoder(COLOUR, new RecordLimits(1000, 100));
    byte[] file = Pictures.file(Pictures.smooth(16, 8, BufferedImage.TYPE_INT_RGB), "bmp");
    assertThatThrownBy(() -> decoder.decode(file))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("at most 100 are allowed");
  }

  @Test
  void refusesWhatIsNoImage() {
    assertRefused(COLOUR, "just some text".getBytes(StandardCharsets.UTF_8))
        .hasMessageContaining(
            "not a PNG, JPEG, GIF or BMP file: it starts with the bytes 6a757374");
    assertRefused(COLOUR, new byte[0]).hasMessageContaining("no bytes");
    assertRefused(COLOUR, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF});
    assertRefused(COLOUR, "GIF89a".getBytes(StandardCharsets.US_ASCII));
    assertRefused(COLOUR, "BM".getBytes(StandardCharsets.US_ASCII));
    assertRefused(COLOUR, Pictures.pngHeader(16, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
  void refusesTruncatedFiles(String format) {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    byte[] noise = Pictures.noise(1, 64 * 64);
    for (int i = 0; i < noise.length; i++) {
      image.setRGB(i % 64, i / 64, Pictures.rgb(noise[i] & 0xFF, i & 0xFF, 9));
    }
    byte[] file = Pictures.file(image, format);
    assertRefused(
        "{\"size\": 64, \"channels\": \"colour\"}", Arrays.copyOf(file, file.length * 2 / 3));
  }

  @Test
  void refusesOtherSizesUnlessToldToResize() throws BadRecord {
    byte[] file = Pictures.file(Pictures.smooth(20, 10, BufferedImage.TYPE_INT_RGB), "png");
    assertRefused(COLOUR, file).hasMessageContaining("20x10 pixels (width x height)");
    for (String policy : new String[] {"fit", "crop", "stretch"}) {
      String options = "{\"size\": [8, 16], \"resize\": \"" + policy + "\"}";
      assertThat(Pictures.decoder(options).decode(file)).hasSize(8 * 16);
    }
  }

  @Test
  void refusesCmykJpegs() throws Exception {
    WritableRaster raster = Raster.createInterleavedRaster(0, 16, 8, 4, null);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    assertRefused(COLOUR, bytes.toByteArray()).hasMessageContaining("CMYK");
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "2,1,0", "3,1,1", "4,0,1", "5,0,0", "6,1,0", "7,1,1", "8,0,1"})
  void appliesExifOrientation(int orientation, int right, int bottom) throws BadRecord {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 255);
    }
    byte[] file = Pictures.withOrientation(Pictures.file(image, "jpg"), orientation);
    int height = orientation >= 5 ? 32 : 16;
    int width = 48 - height;
    byte[] row = Pictures.decoder("{\"size\": [" + height + "," + width + "]}").decode(file);
    int y = bottom == 1 ? height - 4 : 3;
    int x = right == 1 ? width - 4 : 3;
    assertThat(row[y * width + x] & 0xFF).isGreaterThan(200);
    assertThat(row[(height - 1 - y) * width + width - 1 - x] & 0xFF).isLessThan(50);
  }

  @Test
  void readsHugePhotographsWithAStep() throws BadRecord {
    BufferedImage image = Pictures.smooth(4096, 3072, BufferedImage.TYPE_3BYTE_BGR);
    byte[] row =
        Pictures.decoder("{\"size\": [24, 32], \"channels\": \"colour\", \"resize\": \"stretch\"}")
            .decode(Pictures.file(image, "jpg"));
    for (int x = 0; x < 32; x++) {
      assertThat(row[12 * 32 + x] & 0xFF).isCloseTo((int) ((x + 0.5) * 255 / 32), within(4));
    }
  }

  @Test
  void takesRawTensors() throws BadRecord {
    byte[] grey = Pictures.noise(3, 64);
    assertThat(Pictures.decoder("{\"size\": 8}").decodeRaw(grey, new int[] {8, 8}))
        .containsExactly(grey);
    assertThat(
            Pictures.decoder("{\"size\": 8, \"channels\": \"colour\"}")
                .decodeRaw(grey, new int[] {1, 8, 8}))
        .hasSize(192)
        .endsWith(grey);
    assertThatThrownBy(() -> Pictures.decoder("{\"size\": 8}").decodeRaw(grey, new int[] {64}))
        .isInstanceOf(BadRecord.class);
    assertThatThrownBy(() -> Pictures.decoder("{\"size\": 4}").decodeRaw(grey, new int[] {8, 8}))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("8x8");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertRefused(
      String options, byte[] file) {
    return assertThatThrownBy(() -> Pictures.decoder(options).decode(file))
        .isInstanceOf(BadRecord.class);
  }
}
