package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The model that a command is about. */
final class ModelArgument {
  @Parameters(
      paramLabel = "NAME@VERSION",
      description = "A model of the store; without @VERSION the newest.")
  private String model;

  /**
   * @param place of the store, for messages
   */
  Version in(ModelStore store, String place) {
    return in(store, place, model);
  }

  /**
   * @param place of the store, for messages
   * @param model {@code name@version}; without the version the newest
   */
  static Version in(ModelStore store, String place, String model) {
    int at = model.indexOf('@');
    if (at > 0) {
      return store.resolve(model.substring(0, at), model.substring(at + 1));
    }
    List<Version> versions = store.versions(model);
    if (versions.isEmpty()) {
      throw GraftException.usage(
          "no model \"%s\" in the store %s; `graft models list` shows what there is", model, place);
    }
    return versions.get(versions.size() - 1);
  }
}
