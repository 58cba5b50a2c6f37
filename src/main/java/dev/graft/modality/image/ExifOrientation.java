package dev.graft.modality.image;

import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.jpeg.JpegProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

/** The way up of a photograph, as its camera noted it. */
final class ExifOrientation {
  private static final int UPRIGHT = 1;

  private ExifOrientation() {}

  /** The EXIF orientation of a JPEG file, 1 to 8; 1 where it says nothing or nonsense. */
  static int of(byte[] jpeg) {
    try {
      Metadata metadata =
          JpegMetadataReader.readMetadata(
              new ByteArrayInputStream(jpeg), List.of(new ExifReader()));
      ExifIFD0Directory directory = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
      Integer value =
          directory == null ? null : directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      return value == null || value < 1 || value > 8 ? UPRIGHT : value;
    } catch (JpegProcessingException | IOException e) {
      return UPRIGHT;
    }
  }
}
