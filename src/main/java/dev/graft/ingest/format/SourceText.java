package dev.graft.ingest.format;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.zip.GZIPInputStream;

/**
 * Text files of a declared encoding, plain or gzipped. Bytes that are not of the encoding do not
 * end the reading: they become a lone surrogate, which no sound text holds.
 */
final class SourceText {
  private static final String BROKEN = "\uDC80";
  private static final int GZIP_MAGIC = 0x1F8B;
  private static final int BUFFER = 1 << 16;

  private SourceText() {}

  /**
   * Opens a file; the caller closes it.
   *
   * @throws GraftException (exit 2) for an encoding that does not exist
   */
  static Reader open(String location, String encoding) throws IOException {
    Charset charset = charset(encoding);
    InputStream in = new BufferedInputStream(Storage.open(location), BUFFER);
    try {
      in.mark(2);
      boolean zipped = (in.read() << 8 | in.read()) == GZIP_MAGIC;
      in.reset();
      InputStream bytes = zipped ? new GZIPInputStream(in, BUFFER) : in;
      Reader reader =
          new BufferedReader(
              new InputStreamReader(
                  bytes,
                  charset
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPLACE)
                      .onUnmappableCharacter(CodingErrorAction.REPLACE)
                      .replaceWith(BROKEN)),
              BUFFER);
      skipByteOrderMark(reader);
      return reader;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw GraftException.usage(
          "source.encoding is %s, which is no known encoding; usual ones: UTF-8, UTF-16,"
              + " ISO-8859-1, windows-1252",
          name);
    }
  }

  /** Whether a text holds half of a surrogate pair: bytes of another encoding, or a bad escape. */
  static boolean isBroken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }
}
