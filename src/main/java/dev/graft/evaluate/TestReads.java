package dev.graft.evaluate;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.graft.data.LabelledRows;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts how often a test part was read: {@code <work>/test-reads.json} lists, per digest of test
 * rows, the fingerprints of the evaluations that used it. An evaluation that is killed and resumed
 * counts once, for it tells nothing new. Every further one makes the test part a little less
 * unseen.
 */
public final class TestReads {
  private static final String FILE = "test-reads.json";

  /**
   * @param digest of the test rows
   * @param rows of the test part
   * @param reads this evaluation is the so-manieth in this work folder to read it
   */
  public record Reads(String digest, int rows, int reads) {}

  private record Book(Map<String, List<String>> tests) {}

  private TestReads() {}

  /**
   * Enters an evaluation and gives its number. Repeating it changes nothing, whatever came in
   * between.
   */
  public static Reads enter(String workDirectory, LabelledRows test, String fingerprint) {
    String file = Storage.resolve(workDirectory, FILE);
    SortedMap<String, List<String>> tests = new TreeMap<>();
    if (Storage.exists(file)) {
      tests.putAll(Json.read(Storage.read(file), Book.class).tests());
    }
    String digest = digest(test);
    List<String> evaluations = tests.computeIfAbsent(digest, key -> new ArrayList<>());
    if (!evaluations.contains(fingerprint)) {
      evaluations.add(fingerprint);
      Storage.writeText(file, Json.pretty(new Book(tests)));
    }
    return new Reads(digest, test.size(), evaluations.indexOf(fingerprint) + 1);
  }

  /** SHA-256 over labels and values, in id order: what the rows are, not where they come from. */
  static String digest(LabelledRows rows) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putInt(rows.rowSize());
    for (int label : rows.labels()) {
      hasher.putInt(label);
    }
    return hasher.putBytes(rows.values()).hash().toString();
  }
}
