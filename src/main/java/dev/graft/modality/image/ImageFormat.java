package dev.graft.modality.image;

import dev.graft.modality.BadRecord;
import java.util.HexFormat;
import java.util.Iterator;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The file formats that are read, told by their first bytes and never by a file name. */
enum ImageFormat {
  PNG("89504e470d0a1a0a"),
  JPEG("ffd8ff"),
  GIF("474946383"),
  BMP("424d");

  private final String magic;

  ImageFormat(String magic) {
    this.magic = magic;
  }

  /** The format of these bytes. */
  static ImageFormat of(byte[] record) throws BadRecord {
    String start = HexFormat.of().formatHex(record, 0, Math.min(8, record.length));
    for (ImageFormat format : values()) {
      if (start.startsWith(format.magic)) {
        return format;
      }
    }
    throw new BadRecord(
        "undecodable", "not a PNG, JPEG, GIF or BMP file: it starts with the bytes " + start);
  }

  /**
   * A new reader of the JDK's own codec. Plug-ins of the VM-wide registry are passed over: another
   * job's may come from a class loader that is gone, and would give other pixels.
   */
  ImageReader reader() {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, true);
    while (providers.hasNext()) {
      ImageReaderSpi provider = providers.next();
      boolean ours = provider.getClass().getModule() == ImageReader.class.getModule();
      for (String name : provider.getFormatNames()) {
        if (ours && name.equalsIgnoreCase(name())) {
          try {
            return provider.createReaderInstance();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
    }
    throw new IllegalStateException("this JDK has no reader of " + name());
  }
}
