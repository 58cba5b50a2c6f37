package dev.graft.model.language;

import dev.graft.model.language.BytePairs.Merge;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;

/**
 * Learns {@link BytePairs}: joins the pair of tokens that occurs most often, again and again. Of
 * equally frequent pairs that of the lowest tokens goes first, so that the result depends on the
 * texts alone and not on their order.
 */
final class BytePairLearner {
  private static final long FEWEST = 2; // a pair that occurs once is none

  private final List<int[]> words = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final Map<Long, Long> pairs = new HashMap<>();
  private final Map<Long, TreeSet<Integer>> places = new HashMap<>();

  private BytePairLearner(List<String> texts) {
    Map<String, Integer> pieces = new TreeMap<>();
    for (String text : texts) {
      for (Matcher matcher = BytePairs.PIECES.matcher(text); matcher.find(); ) {
        pieces.merge(matcher.group(), 1, Integer::sum);
      }
    }
    pieces.forEach(
        (piece, count) -> {
          words.add(BytePairs.bytesOf(piece));
          counts.add(count);
          add(words.size() - 1, count);
        });
  }

  /**
   * @param size of the result, the end among them; there are fewer when no pair occurs twice
   */
  static BytePairs learn(List<String> texts, int size) {
    BytePairLearner learner = new BytePairLearner(texts);
    List<Merge> merges = new ArrayList<>();
    while (BytePairs.BYTES + merges.size() + 1 < size) {
      long best = learner.best();
      if (learner.pairs.getOrDefault(best, 0L) < FEWEST) {
        break;
      }
      Merge merge = Merge.of(best);
      learner.join(merge, BytePairs.BYTES + merges.size());
      merges.add(merge);
    }
    return new BytePairs(merges);
  }

  private long best() {
    long best = Long.MAX_VALUE;
    long most = 0;
    for (Map.Entry<Long, Long> pair : pairs.entrySet()) {
      long count = pair.getValue();
      if (count > most || count == most && pair.getKey() < best) {
        best = pair.getKey();
        most = count;
      }
    }
    return best;
  }

  private void join(Merge merge, int token) {
    for (int word : List.copyOf(places.get(merge.key()))) {
      add(word, -counts.get(word));
      words.set(word, BytePairs.join(words.get(word), merge, token));
      add(word, counts.get(word));
    }
  }

  /** Counts the pairs of a word so many times more. */
  private void add(int word, int count) {
    int[] tokens = words.get(word);
    for (int i = 0; i + 1 < tokens.length; i++) {
      long key = BytePairs.key(tokens[i], tokens[i + 1]);
      long now = pairs.merge(key, (long) count, Long::sum);
      if (now == 0) {
        pairs.remove(key);
      }
      if (count > 0) {
        places.computeIfAbsent(key, pair -> new TreeSet<>()).add(word);
      } else if (places.containsKey(key)) {
        places.get(key).remove(word);
      }
    }
  }
}
