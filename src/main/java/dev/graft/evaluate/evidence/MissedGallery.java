package dev.graft.evaluate.evidence;

import java.util.List;

/**
 * Real test rows of one class that no accepted row comes near.
 *
 * @param name of the class
 * @param rows real test rows looked at
 * @param missed how many of them no accepted row covers
 * @param missedByReal how many as many unseen real rows do not cover
 * @param examples some missed ones, first those that real rows do cover; empty when real rows may
 *     not be shown
 */
public record MissedGallery(
    String name, int rows, int missed, int missedByReal, List<Picture> examples) {
  public MissedGallery {
    examples = List.copyOf(examples);
  }
}
