package dev.graft.ingest;

import dev.graft.data.GraftException;
import java.io.Serializable;

/** What a worker does with an expected failure: gives back what shall be thrown. */
@FunctionalInterface
public interface FailureHandler extends Serializable {
  RuntimeException handle(GraftException failure);
}
