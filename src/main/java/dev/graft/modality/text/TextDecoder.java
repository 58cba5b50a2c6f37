package dev.graft.modality.text;

import dev.graft.modality.BadRecord;
import dev.graft.modality.RecordDecoder;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * From UTF-8 to rows. Set aside are: {@code undecodable} bytes that are no UTF-8, {@code control}
 * characters, {@code empty} texts or parts and, unless they are cut, {@code oversized} ones. A
 * record of several parts has {@link RecordDecoder#BETWEEN} between them, the row a tab. One with
 * spans has their list after it, see {@link SourceSpans}, and the row marks; one whose span divides
 * what is a single character in the row is set aside as {@code span-divides}.
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
    String source = utf8(record);
    String text = text(source);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > options.maxBytes() && !options.cut()) {
      throw new BadRecord(
          "oversized",
          "a text of "
              + bytes.length
              + " bytes; text.max-bytes is "
              + options.maxBytes()
              + (options.spans().isEmpty() ? "" : " (marks of spans included)")
              + ", and text.too-long: cut would cut it");
    }
    int length = CanonicalText.cut(bytes, options.maxBytes());
    int count = options.parts().size();
    if (count > 0
        && !TextParts.complete(new String(bytes, 0, length, StandardCharsets.UTF_8), count)) {
      throw new BadRecord(
          "oversized",
          "cut to " + length + " bytes, the text lacks the part " + options.parts().get(count - 1));
    }
    if (!options.spans().isEmpty()
        && !TextSpans.sound(
            new String(bytes, 0, length, StandardCharsets.UTF_8), options.spans())) {
      throw new BadRecord("oversized", "cut to " + length + " bytes, the text ends within a span");
    }
    return Arrays.copyOf(Arrays.copyOf(bytes, length), options.maxBytes());
  }

  private String utf8(byte[] record) throws BadRecord {
    try {
      return utf8.decode(ByteBuffer.wrap(record)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRecord("undecodable", "not UTF-8: " + e.getMessage());
    }
  }

  private String text(String record) throws BadRecord {
    if (!options.parts().isEmpty()) {
      return parts(record);
    }
    return options.spans().isEmpty() ? text(record, "the text") : marked(record);
  }

  private String marked(String record) throws BadRecord {
    String[] sources = record.split(String.valueOf(BETWEEN), -1);
    if (sources.length != 2) {
      throw new BadRecord("control", "the text holds U+0000; no text may hold control characters");
    }
    String plain = text(sources[0], "the text");
    String marked = canonical(SourceSpans.marked(sources[0], sources[1], options.spans()));
    if (!TextSpans.plain(marked).equals(plain) || !TextSpans.sound(marked, options.spans())) {
      throw new BadRecord(
          "span-divides",
          "a span begins or ends between a letter and its mark, or within another character of the"
              + " normalised text");
    }
    return marked;
  }

  private String parts(String record) throws BadRecord {
    List<String> names = options.parts();
    String[] sources = record.split(String.valueOf(BETWEEN), -1);
    if (sources.length != names.size()) {
      throw new BadRecord("control", "a part holds U+0000; no text may hold control characters");
    }
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < sources.length; part++) {
      parts.add(text(sources[part], "the part " + names.get(part)));
    }
    return TextParts.joined(parts);
  }

  /**
   * @param what it is, for the message
   */
  private String text(String source, String what) throws BadRecord {
    int refused =
        CanonicalText.isPlain(source)
            ? -1
            : source
                .codePoints()
                .filter(point -> point != '\r' && !CanonicalText.isText(point))
                .findFirst()
                .orElse(-1);
    if (refused >= 0) {
      throw new BadRecord(
          "control",
          String.format(
              Locale.ROOT, "%s holds U+%04X; no text may hold control characters", what, refused));
    }
    String text = canonical(source);
    if (text.isEmpty()) {
      throw new BadRecord("empty", what + " is empty or white space");
    }
    return text;
  }

  /** As the options want it; marks of spans stay. */
  private String canonical(String source) {
    String text = source;
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    text = CanonicalText.marked(options.lower() ? text.toLowerCase(Locale.ROOT) : text);
    return options.collapse() ? CanonicalText.collapsed(text) : text;
  }

  @Override
  public byte[] decodeRaw(byte[] values, int[] shape) throws BadRecord {
    throw new BadRecord(
        "undecodable", "a tensor of shape " + Arrays.toString(shape) + " is no text");
  }
}
