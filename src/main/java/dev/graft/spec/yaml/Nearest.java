package dev.graft.spec.yaml;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a misspelt word was meant to be. */
public final class Nearest {
  private Nearest() {}

  /** The closest of {@code allowed} by edit distance, if it is close enough to be meant. */
  public static Optional<String> to(String word, Collection<String> allowed) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : allowed) {
      int distance = distance(word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    int tolerated = Math.max(1, word.length() / 3);
    return bestDistance <= tolerated ? Optional.of(best) : Optional.empty();
  }

  /** {@code ; did you mean "x"?}, or nothing when no word is close. */
  public static String hint(String word, Collection<String> allowed) {
    return to(word, allowed).map(near -> "; did you mean \"" + near + "\"?").orElse("");
  }

  /** Edits between two words: insert, delete, replace or swap neighbours (Damerau 1964). */
  static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replace = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        least = Math.min(least, cost[i - 1][j - 1] + replace);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[a.length()][b.length()];
  }
}
