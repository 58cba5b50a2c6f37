package dev.graft.modality.image;

import dev.graft.modality.BadRecord;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * PNG, JPEG, GIF (first frame) and BMP files to rows of the declared size and channels.
 *
 * <p>The header is read first: a picture over the limits is refused before any pixel is decoded.
 * EXIF orientation is applied. Sixteen-bit samples are scaled to eight bits, palettes are looked
 * up, and transparency is composed over white. Photographs of more than {@value #FULL_PIXELS}
 * pixels are read with a step that leaves at least four samples per output pixel and axis, so
 * memory stays bounded.
 */
final class ImageDecoder implements RecordDecoder {
  private static final int FULL_PIXELS = 4_000_000;
  private static final int SAMPLES_PER_PIXEL = 4;

  private final ImageOptions options;
  private final RecordLimits limits;

  ImageDecoder(ImageOptions options, RecordLimits limits) {
    this.options = options;
    this.limits = limits;
  }

  @Override
  public byte[] decode(byte[] record) throws BadRecord {
    if (record.length == 0) {
      throw new BadRecord("empty", "the file has no bytes");
    }
    if (record.length > limits.maxBytes()) {
      throw new BadRecord(
          "oversized", record.length + " bytes; at most " + limits.maxBytes() + " are allowed");
    }
    ImageFormat format = ImageFormat.of(record);
    int orientation = format == ImageFormat.JPEG ? ExifOrientation.of(record) : 1;
    ImageReader reader = format.reader();
    try (MemoryCacheImageInputStream in =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(record))) {
      reader.setInput(in, true, true);
      return row(read(reader, format, orientation).upright(orientation));
    } catch (IOException | RuntimeException e) {
      throw new BadRecord("undecodable", format + " file: " + message(e));
    } finally {
      reader.dispose();
    }
  }

  @Override
  public byte[] decodeRaw(byte[] values, int[] shape) throws BadRecord {
    int channels = shape.length == 3 ? shape[0] : 1;
    if (shape.length < 2 || shape.length > 3 || (channels != 1 && channels != 3)) {
      throw new BadRecord(
          "wrong-size",
          "shape "
              + Arrays.toString(shape)
              + "; allowed: (height, width) or (1 or 3, height, width)");
    }
    int height = shape[shape.length - 2];
    int width = shape[shape.length - 1];
    checkPixels(height, width);
    return row(new PlanarImage(channels, height, width, values));
  }

  private byte[] row(PlanarImage image) throws BadRecord {
    checkSize(image.height(), image.width());
    return Resampler.resize(
            image.withChannels(options.channels()),
            options.resize(),
            options.height(),
            options.width())
        .planes();
  }

  private PlanarImage read(ImageReader reader, ImageFormat format, int orientation)
      throws IOException, BadRecord {
    int width = reader.getWidth(0);
    int height = reader.getHeight(0);
    checkPixels(height, width);
    boolean turned = orientation >= 5;
    checkSize(turned ? width : height, turned ? height : width);
    if (!reader.getImageTypes(0).hasNext()) {
      throw unusualColours(format);
    }
    boolean[] truncated = new boolean[1];
    reader.addIIOReadWarningListener(
        (source, warning) -> truncated[0] |= warning.contains("remature end"));
    ImageReadParam param = reader.getDefaultReadParam();
    int step = step(turned ? width : height, turned ? height : width);
    param.setSourceSubsampling(step, step, 0, 0);
    BufferedImage image = reader.read(0, param);
    if (truncated[0]) {
      throw new BadRecord("undecodable", format + " file: it ends before its last row");
    }
    if (format == ImageFormat.JPEG && image.getRaster().getNumBands() > 3) {
      throw unusualColours(format);
    }
    return Pixels.planes(image);
  }

  private static BadRecord unusualColours(ImageFormat format) {
    return new BadRecord(
        "undecodable", format + " file in a colour space other than grey or RGB, such as CMYK");
  }

  private int step(int height, int width) {
    if ((long) height * width <= FULL_PIXELS) {
      return 1;
    }
    return Math.max(
        1,
        Math.min(
            height / (SAMPLES_PER_PIXEL * options.height()),
            width / (SAMPLES_PER_PIXEL * options.width())));
  }

  private void checkPixels(long height, long width) throws BadRecord {
    if (height * width > limits.maxPixels()) {
      throw new BadRecord(
          "oversized",
          width + "x" + height + " pixels; at most " + limits.maxPixels() + " in all are allowed");
    }
  }

  private void checkSize(int height, int width) throws BadRecord {
    if (options.resize() == ResizePolicy.EXACT
        && (height != options.height() || width != options.width())) {
      throw new BadRecord(
          "wrong-size",
          String.format(
              Locale.ROOT,
              "%dx%d pixels (width x height); image.size declares %dx%d and image.resize is exact",
              width,
              height,
              options.width(),
              options.height()));
    }
  }

  private static String message(Exception e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return e.getCause() != null && e.getCause().getMessage() != null
        ? message + " (" + e.getCause().getMessage() + ")"
        : message;
  }
}
