package dev.graft.ingest.sample;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * Class folders: {@code circle/circle-00000.png} and so on. Grey pictures of 28 x 28 as PNG, or
 * colour pictures of 32 x 32 of which every other one is a JPEG.
 */
final class ShapeFolders implements SampleKind {
  private static final int GREY_SIDE = 28;
  private static final int COLOUR_SIDE = 32;

  private final boolean colour;

  ShapeFolders(boolean colour) {
    this.colour = colour;
  }

  @Override
  public String name() {
    return colour ? "shapes-colour" : "shapes";
  }

  @Override
  public void write(Path directory, long seed, int perClass) throws IOException {
    int side = colour ? COLOUR_SIDE : GREY_SIDE;
    int channels = colour ? 3 : 1;
    ShapePainter painter = new ShapePainter(seed, side, channels);
    PayloadCodec png = png(channels, side);
    for (Shape shape : Shape.values()) {
      Path folder = Files.createDirectories(directory.resolve(shape.key()));
      for (int index = 0; index < perClass; index++) {
        byte[] picture = painter.paint(shape, index);
        boolean jpeg = colour && index % 2 == 1;
        String name =
            String.format(Locale.ROOT, "%s-%05d.%s", shape.key(), index, jpeg ? "jpg" : "png");
        Files.write(folder.resolve(name), jpeg ? jpeg(picture, side) : png.encode(picture, 0));
      }
    }
  }

  static PayloadCodec png(int channels, int side) {
    return Modalities.get("image")
        .codec(new DatasetSchema("image", List.of(channels, side, side), List.of()));
  }

  private static byte[] jpeg(byte[] picture, int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    int pixels = side * side;
    for (int i = 0; i < pixels; i++) {
      image.setRGB(
          i % side,
          i / side,
          (picture[i] & 0xFF) << 16
              | (picture[pixels + i] & 0xFF) << 8
              | (picture[2 * pixels + i] & 0xFF));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.setUseCache(false);
    if (!ImageIO.write(image, "jpeg", out)) {
      throw new IOException("this JDK writes no JPEG files");
    }
    return out.toByteArray();
  }
}
