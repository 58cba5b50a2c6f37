package dev.graft.workflow;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds, and removes when asked to, what the runs of some specs no longer need. */
public final class Pruning {
  private final Workflow workflow;
  private final RetentionPolicy policy;
  private final boolean models;

  /**
   * @param models whether versions in the model store may go too
   */
  public Pruning(Workflow workflow, RetentionPolicy policy, boolean models) {
    this.workflow = workflow;
    this.policy = policy;
    this.models = models;
  }

  /**
   * What would go; touches nothing.
   *
   * @param requests the runs of the given specs, of one model store
   * @throws GraftException (exit 2) for object stores, (exit 3) when it cannot be told what is
   *     needed
   */
  public List<PruneItem> find(List<RunRequest> requests) {
    List<PruneItem> items = new ArrayList<>();
    Set<String> named = new HashSet<>();
    for (Retention place : places(requests)) {
      items.addAll(place.items());
      named.addAll(place.models());
    }
    if (models) {
      requests.forEach(request -> named.addAll(loaded(request.spec().models())));
      named.addAll(
          OtherPlaces.models(requests.get(0).storeDirectory(), byPlace(requests).keySet()));
      String directory = requests.get(0).storeDirectory();
      ModelStore store = ModelStore.at(directory);
      for (Version version : unnamed(store, named)) {
        Path folder = Path.of(store.location(version));
        items.add(
            new PruneItem(
                directory,
                folder.toString(),
                FolderAge.bytes(folder),
                "model " + version + ", which nothing in the places that use the store names"));
      }
      for (Storage.Entry file : Storage.temporaries(directory)) {
        Path path = Path.of(file.location());
        if (items.stream().noneMatch(item -> path.startsWith(item.location()))
            && policy.isOld(path)) {
          items.add(new PruneItem(directory, path.toString(), file.size(), Retention.UNFINISHED));
        }
      }
    }
    return List.copyOf(items);
  }

  /**
   * Removes it, holding all the places meanwhile.
   *
   * @return what has gone
   * @throws GraftException as {@link #find}, and (exit 5) when a run is at work in one of them
   */
  public List<PruneItem> delete(List<RunRequest> requests) {
    List<RunLock> locks = new ArrayList<>();
    try {
      for (String work : byPlace(requests).keySet()) {
        if (Files.isDirectory(Path.of(work))) {
          locks.add(RunLock.acquire(work));
        }
      }
      List<PruneItem> items = find(requests);
      ModelStore store = ModelStore.at(requests.get(0).storeDirectory());
      Map<String, Version> versions = new TreeMap<>();
      store.list().forEach(version -> versions.put(store.location(version), version));
      for (PruneItem item : items) {
        if (models && versions.containsKey(item.location())) {
          store.remove(versions.get(item.location()));
        } else {
          remove(Path.of(item.location()), Path.of(item.place(), Retention.REMOVED));
        }
      }
      return items;
    } finally {
      locks.forEach(RunLock::close);
    }
  }

  /** At once for readers, who find a whole folder or none. */
  private static void remove(Path item, Path removed) {
    if (!item.equals(removed)) {
      try {
        Files.createDirectories(removed);
        Files.move(item, removed.resolve(item.getFileName()), StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + item, e);
      }
    }
    Storage.delete(removed.toString());
  }

  private List<Retention> places(List<RunRequest> requests) {
    List<Retention> places = new ArrayList<>();
    byPlace(requests)
        .forEach(
            (work, those) -> {
              List<Map<StageName, StageContext>> runs =
                  those.stream().map(workflow::contexts).toList();
              places.add(Retention.of(policy, work, runs));
            });
    return places;
  }

  private static Map<String, List<RunRequest>> byPlace(List<RunRequest> requests) {
    Map<String, List<RunRequest>> places = new TreeMap<>();
    for (RunRequest request : requests) {
      String work = Workflow.workDirectory(request);
      if (!Storage.isLocal(work) || !Storage.isLocal(request.storeDirectory())) {
        throw GraftException.usage(
            "prune works on local disks only, not in %s; object stores have rules of their own for"
                + " what is old",
            Storage.isLocal(work) ? request.storeDirectory() : work);
      }
      places.computeIfAbsent(real(Path.of(work)), key -> new ArrayList<>()).add(request);
    }
    return places;
  }

  /** One name for each place, also where links lead to it. */
  static String real(Path work) {
    try {
      return (Files.exists(work) ? work.toRealPath() : work.toAbsolutePath().normalize())
          .toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Version> unnamed(ModelStore store, Set<String> named) {
    return store.list().stream()
        .filter(version -> !named.contains(version.digest()))
        .filter(version -> policy.isOld(Path.of(store.location(version))))
        .toList();
  }

  private static List<String> loaded(ModelsSpec models) {
    List<String> digests = new ArrayList<>();
    for (ModelRef ref : new ModelRef[] {models.generator(), models.judge(), models.examiner()}) {
      if (ref instanceof Load load) {
        digests.add(load.digest());
      } else if (ref instanceof Define define) {
        digests.addAll(define.definition().findValuesAsText("loaded"));
        if (define.base() != null) {
          digests.add(define.base().digest());
        }
      }
    }
    return digests;
  }
}
