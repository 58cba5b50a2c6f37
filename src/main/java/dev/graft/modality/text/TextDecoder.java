package dev.graft.modality.text;

import dev.graft.modality.BadRecord;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * From UTF-8 to rows. Set aside are: {@code undecodable} bytes that are no UTF-8, {@code control}
 * characters, {@code empty} texts and, unless they are cut, {@code oversized} ones.
 */
final class TextDecoder implements RecordDecoder {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final TextOptions options;
  private final RecordLimits limits;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();

  TextDecoder(TextOptions options, RecordLimits limits) {
    this.options = options;
    this.limits = limits;
  }

  @Override
  public byte[] decode(byte[] record) throws BadRecord {
    if (record.length > limits.maxBytes()) {
      throw new BadRecord(
          "oversized", record.length + " bytes; source.limits allows " + limits.maxBytes());
    }
    String text = text(record);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length == 0) {
      throw new BadRecord("empty", "the text is empty or white space");
    }
    if (bytes.length > options.maxBytes() && !options.cut()) {
      throw new BadRecord(
          "oversized",
          "a text of "
              + bytes.length
              + " bytes; text.max-bytes is "
              + options.maxBytes()
              + ", and text.too-long: cut would cut it");
    }
    return Arrays.copyOf(
        Arrays.copyOf(bytes, CanonicalText.cut(bytes, options.maxBytes())), options.maxBytes());
  }

  private String text(byte[] record) throws BadRecord {
    String text;
    try {
      text = utf8.decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRecord("undecodable", "not UTF-8: " + e.getMessage());
    }
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    int refused =
        text.codePoints().filter(point -> !CanonicalText.isText(point)).findFirst().orElse(-1);
    if (refused >= 0) {
      throw new BadRecord(
          "control",
          String.format(
              Locale.ROOT, "the text holds U+%04X; no text may hold control characters", refused));
    }
    text = CanonicalText.normal(options.lower() ? text.toLowerCase(Locale.ROOT) : text);
    return options.collapse() ? CanonicalText.collapsed(text) : text;
  }

  @Override
  public byte[] decodeRaw(byte[] values, int[] shape) throws BadRecord {
    throw new BadRecord(
        "undecodable", "a tensor of shape " + Arrays.toString(shape) + " is no text");
  }
}
