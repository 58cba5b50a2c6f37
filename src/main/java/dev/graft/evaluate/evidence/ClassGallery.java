package dev.graft.evaluate.evidence;

import java.util.List;

/**
 * Rows of one class, side by side.
 *
 * @param name of the class
 * @param real training rows; empty when real rows may not be shown
 * @param synthetic accepted rows
 */
public record ClassGallery(String name, List<Picture> real, List<Picture> synthetic) {
  public ClassGallery {
    real = List.copyOf(real);
    synthetic = List.copyOf(synthetic);
  }
}
