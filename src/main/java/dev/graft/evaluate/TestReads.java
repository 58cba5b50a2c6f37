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
    String digest = digest(test);
    List<String> evaluations = enter(workDirectory, digest, List.of(fingerprint));
    return new Reads(digest, test.size(), evaluations.indexOf(fingerprint) + 1);
  }

  /**
   * Enters several readings of one test part at once and gives how many there are by now, of these
   * and of all others in this work folder.
   *
   * @param digest of the test rows
   * @param rows of the test part
   * @param fingerprints what read it
   */
  public static Reads enterAll(
      String workDirectory, String digest, int rows, List<String> fingerprints) {
    return new Reads(digest, rows, enter(workDirectory, digest, fingerprints).size());
  }

  private static List<String> enter(
      String workDirectory, String digest, List<String> fingerprints) {
    String file = Storage.resolve(workDirectory, FILE);
    SortedMap<String, List<String>> tests = new TreeMap<>();
    if (Storage.exists(file)) {
      tests.putAll(Json.read(Storage.read(file), Book.class).tests());
    }
    List<String> evaluations = new ArrayList<>(tests.getOrDefault(digest, List.of()));
    int before = evaluations.size();
    fingerprints.stream()
        .filter(fingerprint -> !evaluations.contains(fingerprint))
        .forEach(evaluations::add);
    if (evaluations.size() > before) {
      tests.put(digest, evaluations);
      Storage.writeText(file, Json.pretty(new Book(tests)));
    }
    return evaluations;
  }

  /** SHA-256 over labels and values, in id order: what the rows are, not where they come from. */
  public static String digest(LabelledRows rows) {
    Hasher hasher = Hashing.sha256().newHasher();
    hasher.putInt(rows.rowSize());
    for (int label : rows.labels()) {
      hasher.putInt(label);
    }
    return hasher.putBytes(rows.values()).hash().toString();
  }
}
