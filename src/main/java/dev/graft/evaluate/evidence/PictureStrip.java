package dev.graft.evaluate.evidence;

import dev.graft.model.insight.SampleStrips.Motif;
import java.util.List;

/**
 * Samples of the generator side by side, see {@link dev.graft.model.insight.SampleStrips}.
 *
 * @param motif what is shown
 * @param name class, or both classes
 * @param pictures in order
 */
public record PictureStrip(Motif motif, String name, List<Picture> pictures) {
  public PictureStrip {
    pictures = List.copyOf(pictures);
  }
}
