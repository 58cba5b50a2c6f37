package dev.graft.model;

import dev.graft.data.GraftException;
import dev.graft.model.StoredModel.ModelCard;

/** Looks up the models that a definition names by {@code name@version}. */
@FunctionalInterface
public interface StoredCards {
  /** For definitions that are read where there is no store. */
  StoredCards NONE =
      (name, version) -> {
        throw GraftException.usage("there is no model store here to load it from");
      };

  /**
   * @param version a number, or the first digits of a digest
   * @throws GraftException (exit 2) when there is no such version, (exit 3) when it is damaged
   */
  ModelCard card(String name, String version);
}
