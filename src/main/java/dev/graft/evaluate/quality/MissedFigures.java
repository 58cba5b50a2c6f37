package dev.graft.evaluate.quality;

import java.util.List;

/**
 * How many real TEST rows of a class no accepted row comes near: {@link MissedRows} for readers.
 *
 * @param name of the class; empty where there are none
 * @param rows real rows looked at
 * @param missed how many of them no accepted row covers
 * @param missedByReal how many as many unseen real rows do not cover
 * @param ids of some missed rows, first those that unseen real rows do cover; empty where nothing
 *     of the real rows may leave
 */
public record MissedFigures(String name, int rows, int missed, int missedByReal, List<String> ids) {
  public MissedFigures {
    ids = List.copyOf(ids);
  }
}
