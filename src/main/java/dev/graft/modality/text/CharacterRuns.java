package dev.graft.modality.text;

import java.nio.charset.StandardCharsets;

/**
 * A text as UTF-8 in which a run of characters is a run of bytes.
 *
 * @param utf8 the text
 * @param starts where each character begins, and where the last one ends: one more than characters
 */
record CharacterRuns(byte[] utf8, int[] starts) {
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;

  static CharacterRuns of(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[text.codePointCount(0, text.length()) + 1];
    int count = 0;
    for (int i = 0; i < utf8.length; i++) {
      if ((utf8[i] & CONTINUATION_MASK) != CONTINUATION) {
        starts[count++] = i;
      }
    }
    starts[count] = utf8.length;
    return new CharacterRuns(utf8, starts);
  }

  /** Characters, which are code points. */
  int count() {
    return starts.length - 1;
  }
}
