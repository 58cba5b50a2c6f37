package dev.graft.spec.yaml;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Expands {@code ${NAME}} and {@code ${NAME:-default}} from the environment, as a shell does: the
 * default also stands for an empty value, and may itself hold variables. {@code $${} gives a plain
 * {@code ${}. {@link #RUN_DATE} is left for the reader of the spec.
 */
final class Variables {
  /** Stands for the value of {@code --run-date}. */
  static final String RUN_DATE = "${run-date}";

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Map<String, String> environment;

  Variables(Map<String, String> environment) {
    this.environment = environment;
  }

  static boolean in(String text) {
    return text.contains("${");
  }

  /**
   * @param problem receives one sentence for every variable that cannot be expanded
   */
  String expand(String text, Consumer<String> problem) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        out.append("${");
        at += 3;
      } else if (text.startsWith(RUN_DATE, at)) {
        out.append(RUN_DATE);
        at += RUN_DATE.length();
      } else if (text.startsWith("${", at)) {
        int end = closing(text, at + 2);
        if (end < 0) {
          problem.accept("\"" + text.substring(at) + "\" has no closing brace");
          return out.toString();
        }
        out.append(value(text.substring(at + 2, end), problem));
        at = end + 1;
      } else {
        out.append(text.charAt(at++));
      }
    }
    return out.toString();
  }

  private String value(String expression, Consumer<String> problem) {
    int split = expression.indexOf(":-");
    String name = split < 0 ? expression : expression.substring(0, split);
    if (!NAME.matcher(name).matches()) {
      problem.accept(
          "\"${"
              + expression
              + "}\" is not a variable; write ${NAME} or ${NAME:-default}, "
              + RUN_DATE
              + ", or $${ for a plain ${");
      return "";
    }
    String found = environment.get(name);
    if (split < 0) {
      if (found == null) {
        problem.accept(
            "the environment variable "
                + name
                + " is not set; set it, or write ${"
                + name
                + ":-default}");
        return "";
      }
      return found;
    }
    return found == null || found.isEmpty()
        ? expand(expression.substring(split + 2), problem)
        : found;
  }

  /** The index of the brace that closes the one before {@code from}, or -1. */
  private static int closing(String text, int from) {
    int depth = 1;
    for (int i = from; i < text.length(); i++) {
      if (text.startsWith("${", i)) {
        depth++;
        i++;
      } else if (text.charAt(i) == '}' && --depth == 0) {
        return i;
      }
    }
    return -1;
  }
}
