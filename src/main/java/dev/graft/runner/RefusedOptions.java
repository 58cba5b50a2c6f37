package dev.graft.runner;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says what Beam refuses without the values of options, which may be credentials: failures are kept
 * in files and logs. The runner's name is told.
 */
final class RefusedOptions {
  private static final String MASK = "***";
  private static final Pattern WORD = Pattern.compile("[^\\s'\"`,;:=()\\[\\]{}<>]{3,}");

  private final List<String> shown = new ArrayList<>();
  private final Set<String> secrets = new LinkedHashSet<>();

  /**
   * @param arguments as Beam was given them
   */
  RefusedOptions(List<String> arguments) {
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!argument.startsWith("--")) {
        shown.add(MASK);
        secrets.add(argument);
      } else if (name.equals("--runner") || equals < 0) {
        shown.add(argument);
      } else {
        shown.add(name + "=" + MASK);
        secrets.add(argument.substring(equals + 1));
      }
    }
    secrets.remove("");
  }

  String message(IllegalArgumentException refusal) {
    String reason = String.valueOf(refusal.getMessage());
    for (String secret : secrets) {
      reason = reason.replace(secret, MASK);
    }
    String line = reason.lines().findFirst().orElse("");
    return "Beam refuses the options " + shown + ": " + WORD.matcher(line).replaceAll(this::masked);
  }

  /** A piece of a value too, such as a word of some JSON that cannot be read. */
  private String masked(MatchResult word) {
    boolean known = secrets.stream().anyMatch(secret -> secret.contains(word.group()));
    return Matcher.quoteReplacement(known ? MASK : word.group());
  }
}
