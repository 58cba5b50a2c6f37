package dev.graft.workflow;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.model.store.StoreUsers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The places of other specs that share a model store. */
final class OtherPlaces {
  private OtherPlaces() {}

  /**
   * Digests of the models that their published datasets and trainings name.
   *
   * @param known work directories that are looked at anyway
   * @throws GraftException (exit 3) when one of them cannot be looked at
   */
  static Set<String> models(String storeDirectory, Set<String> known) {
    Set<String> digests = new HashSet<>();
    StoreUsers.of(storeDirectory)
        .list()
        .forEach(
            (note, work) -> {
              if (!Storage.isLocal(work) || !Files.isDirectory(Path.of(work).getParent())) {
                throw GraftException.input(
                    "the models of %s are also used in %s, which cannot be looked at from here;"
                        + " prune without --store or, if that place is gone for good, remove %s",
                    storeDirectory, work, note);
              }
              if (!known.contains(Pruning.real(Path.of(work)))) {
                digests.addAll(Retention.models(Path.of(work)));
              }
            });
    return digests;
  }
}
