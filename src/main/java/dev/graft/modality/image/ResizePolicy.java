package dev.graft.modality.image;

import java.util.Locale;

/** What happens to an image whose size is not the declared one. */
enum ResizePolicy {
  /** It is refused as {@code wrong-size}. */
  EXACT,
  /** It is scaled to lie inside the declared size, keeping its proportions; the rest is black. */
  FIT,
  /** It is scaled to cover the declared size, keeping its proportions, and cut at the centre. */
  CROP,
  /** It is scaled to the declared size; proportions change. */
  STRETCH;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
