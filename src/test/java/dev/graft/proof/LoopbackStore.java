package dev.graft.proof;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import dev.graft.data.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * An object store's content, {@code bucket/name} to bytes, and the answers of the Cloud Storage
 * JSON API to questions about it: whole objects, generations, pages of a listing, no folders.
 */
final class LoopbackStore {
  private static final int PAGE = 7;

  /**
   * One object.
   *
   * @param content all of it
   * @param generation grows with each write
   * @param updated when it was written
   */
  record Stored(byte[] content, long generation, Instant updated) {}

  private final NavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong generations = new AtomicLong();
  private volatile Duration ahead = Duration.ZERO;

  /** Sets the store's clock, from now on, ahead of this machine's. */
  void clockAhead(Duration by) {
    ahead = by;
  }

  Optional<Stored> get(String path) {
    return Optional.ofNullable(objects.get(path));
  }

  /** Bytes of objects by their name below {@code prefix}. */
  Map<String, byte[]> below(String prefix) {
    Map<String, byte[]> found = new TreeMap<>();
    objects
        .tailMap(prefix, true)
        .forEach(
            (path, stored) -> {
              if (path.startsWith(prefix)) {
                found.put(path.substring(prefix.length()), stored.content());
              }
            });
    return found;
  }

  /**
   * Puts an object, unless there is none or another generation of it than asked for.
   *
   * @param expected a generation, 0 for none, or negative for any
   */
  synchronized boolean put(String path, byte[] content, long expected) {
    long present = get(path).map(Stored::generation).orElse(0L);
    if (expected >= 0 && expected != present) {
      return false;
    }
    objects.put(
        path, new Stored(content, generations.incrementAndGet(), Instant.now().plus(ahead)));
    return true;
  }

  boolean remove(String path) {
    return objects.remove(path) != null;
  }

  /** The answer to {@code objects.get}. */
  ObjectNode describe(String path) {
    Stored stored = objects.get(path);
    int slash = path.indexOf('/');
    byte[] md5 = Hashing.md5().hashBytes(stored.content()).asBytes();
    return Json.mapper()
        .createObjectNode()
        .put("kind", "storage#object")
        .put("bucket", path.substring(0, slash))
        .put("name", path.substring(slash + 1))
        .put("size", Integer.toString(stored.content().length))
        .put("generation", Long.toString(stored.generation()))
        .put("metageneration", "1")
        .put("md5Hash", Base64.getEncoder().encodeToString(md5))
        .put("contentType", "application/octet-stream")
        .put("timeCreated", stored.updated().truncatedTo(ChronoUnit.MILLIS).toString())
        .put("updated", stored.updated().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** The answer to {@code objects.list}: a page that starts after {@code token}. */
  ObjectNode list(String bucket, String prefix, String token) {
    String start = bucket + "/" + prefix;
    List<String> names =
        objects.tailMap(start, true).keySet().stream()
            .filter(path -> path.startsWith(start))
            .filter(path -> token.isEmpty() || path.compareTo(unwrap(token)) > 0)
            .limit(PAGE + 1L)
            .toList();
    ObjectNode answer = Json.mapper().createObjectNode().put("kind", "storage#objects");
    if (!names.isEmpty()) {
      ArrayNode items = answer.putArray("items");
      names.stream().limit(PAGE).forEach(path -> items.add(describe(path)));
    }
    if (names.size() > PAGE) {
      answer.put("nextPageToken", wrap(names.get(PAGE - 1)));
    }
    return answer;
  }

  /** Part of an object, both ends inclusive. */
  static byte[] range(byte[] content, int from, int to) {
    return Arrays.copyOfRange(content, from, Math.min(to + 1, content.length));
  }

  private static String wrap(String path) {
    return Base64.getUrlEncoder().encodeToString(path.getBytes(StandardCharsets.UTF_8));
  }

  private static String unwrap(String token) {
    return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
  }
}
