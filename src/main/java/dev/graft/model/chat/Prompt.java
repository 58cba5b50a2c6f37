package dev.graft.model.chat;

import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of the messages of a question. Places are names in braces, such as {@code {class}}.
 *
 * @param system the first message; empty for none
 * @param user the question
 */
record Prompt(String system, String user) {
  private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");

  /**
   * @param role {@code system} or {@code user}
   */
  record Message(String role, String content) {}

  /**
   * @param at where the definition has it, for the message
   * @param places that have a value
   * @param needed those without which it cannot work
   * @throws GraftException (exit 2) for a place without a value, or a needed one that is missing
   */
  void check(String at, Set<String> places, Set<String> needed) {
    Set<String> found = new TreeSet<>();
    for (String text : List.of(system, user)) {
      PLACE.matcher(text).results().forEach(place -> found.add(place.group(1)));
    }
    for (String place : found) {
      if (!places.contains(place)) {
        throw GraftException.usage("%s has the place {%s}; allowed: %s", at, place, braced(places));
      }
    }
    for (String place : new TreeSet<>(needed)) {
      if (!found.contains(place)) {
        throw GraftException.usage(
            "%s lacks the place {%s}; write it where its value belongs", at, place);
      }
    }
  }

  private static String braced(Set<String> places) {
    return "{" + String.join("}, {", new TreeSet<>(places)) + "}";
  }

  /** The messages with values in all places; braces within values are left alone. */
  List<Message> with(Map<String, String> values) {
    List<Message> messages = new ArrayList<>();
    if (!system.isBlank()) {
      messages.add(new Message("system", filled(system, values)));
    }
    messages.add(new Message("user", filled(user, values)));
    return messages;
  }

  private static String filled(String text, Map<String, String> values) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(values.get(place.group(1))))
        .strip();
  }
}
