package dev.graft.data;

import java.util.List;

/**
 * What one sample was made from, where it is more than a model and its batch's condition.
 *
 * @param condition what the sample was asked to be; attributes tell how it was derived
 * @param sources ids of the real rows it derives from, nearest first; empty for none
 */
public record Origin(Condition condition, List<SampleId> sources) {
  public Origin {
    sources = List.copyOf(sources);
  }
}
