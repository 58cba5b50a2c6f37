package dev.graft.cli.init;

import dev.graft.modality.text.TextParts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lengths of the texts of a dataset, or of its pairs. */
final class TextFacts implements Facts {
  private static final int LEAST = 32;
  private static final int MOST = 512;

  /** Those of a text in the definition. */
  private static final int TOKENS = 48;

  /** Most byte pairs that are learned have more. */
  private static final int BYTES_OF_A_TOKEN = 2;

  /** Texts of each length in bytes; the last place is for all that are longer. */
  private final int[] lengths = new int[MOST + 1];

  private final List<String> parts;

  private int longest;
  private int seen;
  private int unreadable;

  /**
   * @param parts names of the texts of a row; empty where it is one
   */
  TextFacts(List<String> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Takes the texts of one row; null and empty ones are no texts. */
  void look(List<String> texts) {
    seen++;
    if (texts.stream().anyMatch(text -> text == null || text.isBlank())) {
      unreadable++;
      return;
    }
    int bytes = TextParts.joined(texts).getBytes(StandardCharsets.UTF_8).length;
    longest = Math.max(longest, bytes);
    lengths[Math.min(MOST, bytes)]++;
  }

  /** Room for nearly all of them: a multiple of {@value #LEAST} bytes. */
  private int room() {
    int wanted = seen - unreadable - (seen - unreadable) / 200;
    int bytes = 0;
    for (int count = lengths[0]; count < wanted && bytes < MOST; ) {
      count += lengths[++bytes];
    }
    return Math.max(LEAST, (bytes + LEAST - 1) / LEAST * LEAST);
  }

  @Override
  public String noun() {
    return parts.isEmpty() ? "texts" : "pairs";
  }

  @Override
  public List<String> section() {
    List<String> lines = new ArrayList<>();
    if (!parts.isEmpty()) {
      lines.add("# A row is a pair. For single texts name one column above, and no parts here.");
    }
    boolean cut = longest > room();
    lines.add(
        String.format(
            Locale.ROOT,
            "# The longest %s has %,d bytes in UTF-8.%s",
            parts.isEmpty() ? "text" : "pair",
            longest,
            cut ? " Longer ones than the row are cut; `refuse` sets them aside." : ""));
    lines.add(
        String.format(
            Locale.ROOT,
            "text: {%smax-bytes: %d%s}",
            parts.isEmpty() ? "" : "parts: [" + String.join(", ", parts) + "], ",
            room(),
            cut ? ", too-long: cut" : ""));
    return lines;
  }

  /** With room for the tokens of long texts, which are learned from their beginning else. */
  @Override
  public String model() {
    int tokens = room() / BYTES_OF_A_TOKEN;
    return "define: models/text-transformer.yaml"
        + (tokens > TOKENS ? ", set: {architecture.max-tokens: " + tokens + "}" : "");
  }

  @Override
  public List<String> rules() {
    return List.of(
        "{scorer: label-agreement, min: 0.5}",
        "{scorer: realism, min: tune.p05}",
        "{scorer: well-formed, min: 1}",
        "{scorer: personal-data, max: 0}        # addresses, telephone, card and account numbers",
        "{scorer: copied-span, max: 0.9}        # no text that stands in a training text",
        "{scorer: near-duplicate, drop: true}");
  }

  @Override
  public String mode() {
    return "";
  }

  @Override
  public int seen() {
    return seen;
  }

  @Override
  public int unreadable() {
    return unreadable;
  }
}
