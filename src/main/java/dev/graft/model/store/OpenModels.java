package dev.graft.model.store;

import dev.graft.data.GraftException;
import dev.graft.model.Classifier;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Models open for inference, one per JVM and digest, shared by all threads. They stay open as long
 * as the JVM lives: callers do not close them.
 */
public final class OpenModels {
  /** What a store's folder is called and this: the folder of the answers of services. */
  private static final String ANSWERS = ".answers";

  private static final Map<String, AutoCloseable> OPEN = new ConcurrentHashMap<>();

  private OpenModels() {}

  /** The generator with this digest. */
  public static Sampler sampler(String storeDirectory, String digest) {
    return get(storeDirectory, digest, Sampler.class, "generator");
  }

  /** The classifier with this digest. */
  public static Classifier classifier(String storeDirectory, String digest) {
    return get(storeDirectory, digest, Classifier.class, "classifier");
  }

  private static <M> M get(String storeDirectory, String digest, Class<M> type, String what) {
    AutoCloseable model = OPEN.computeIfAbsent(digest, key -> open(storeDirectory, key));
    if (!type.isInstance(model)) {
      throw GraftException.usage(
          "model %s in the store %s is not a %s", digest, storeDirectory, what);
    }
    return type.cast(model);
  }

  private static AutoCloseable open(String storeDirectory, String digest) {
    StoredModel stored = ModelStore.at(storeDirectory).load(digest);
    try {
      return ModelFamilies.get(stored.card().definition().family())
          .open(stored, storeDirectory + ANSWERS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
