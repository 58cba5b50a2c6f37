package dev.graft.ingest.sample;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sentences with places to fill in, such as {@code wake me up at {time}}. */
final class Blanks {
  /** What may stand at each place. */
  static final Map<String, List<String>> WORDS =
      Map.of(
          "city", List.of("paris", "london", "tokyo", "rome", "berlin", "madrid", "oslo", "cairo"),
          "day", List.of("today", "tomorrow", "monday", "tuesday", "friday", "sunday", "tonight"),
          "time", List.of("six", "seven", "half past eight", "nine", "noon", "ten thirty"),
          "sum", List.of("fifty", "a hundred", "twenty", "three hundred", "seventy five"),
          "whom", List.of("anna", "my brother", "mum", "the landlord", "savings", "checking"),
          "kind", List.of("jazz", "rock", "piano", "some blues", "quiet", "dance", "folk"),
          "about", List.of("cats", "dogs", "lawyers", "robots", "chickens", "school", "pirates"),
          "polite", List.of("please ", "can you ", "could you ", "", "i want you to ", "hey "));

  private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

  private Blanks() {}

  /** The sentence with the words that are given for its places, asked for from left to right. */
  static String fill(String sentence, UnaryOperator<String> word) {
    StringBuilder text = new StringBuilder();
    Matcher place = PLACE.matcher(sentence);
    while (place.find()) {
      place.appendReplacement(text, word.apply(place.group(1)));
    }
    return place.appendTail(text).toString();
  }
}
