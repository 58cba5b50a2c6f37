package dev.graft.cli.init;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Lengths of the texts of a dataset. */
final class TextFacts implements Facts {
  private static final int LEAST = 32;
  private static final int MOST = 512;

  /** Texts of each length in bytes; the last place is for all that are longer. */
  private final int[] lengths = new int[MOST + 1];

  private int longest;
  private int seen;
  private int unreadable;

  /** Takes one text; null and empty ones are no texts. */
  void look(String text) {
    seen++;
    if (text == null || text.isBlank()) {
      unreadable++;
      return;
    }
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
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
    return "texts";
  }

  @Override
  public List<String> section() {
    String known =
        String.format(Locale.ROOT, "# The longest text has %,d bytes in UTF-8.", longest);
    return longest <= room()
        ? List.of(known, "text: {max-bytes: " + room() + "}")
        : List.of(
            known + " Longer ones than the row are cut; `refuse` sets them aside.",
            "text: {max-bytes: " + room() + ", too-long: cut}");
  }

  @Override
  public String model() {
    return "models/text-transformer.yaml";
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
