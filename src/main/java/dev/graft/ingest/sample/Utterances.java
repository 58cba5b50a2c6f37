package dev.graft.ingest.sample;

import dev.graft.data.CounterRandom;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Requests to an assistant, of six intents: {@code utterances.csv} with the columns {@code text}
 * and {@code label}. Each is a pattern of its intent whose places are filled in at random; those of
 * one intent differ as long as there are enough.
 */
final class Utterances implements SampleKind {
  private static final int MOST_TRIES = 50;

  private static final Map<String, List<String>> PATTERNS = patterns();

  private static Map<String, List<String>> patterns() {
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    patterns.put(
        "alarm",
        List.of(
            "{polite}wake me up at {time} {day}",
            "{polite}set an alarm for {time} on {day}",
            "i need an alarm at {time} {day}"));
    patterns.put(
        "flight",
        List.of(
            "{polite}book a flight to {city} for {day}",
            "find me a plane from {city} to {city} on {day}",
            "are there flights to {city} {day} at {time}"));
    patterns.put(
        "joke",
        List.of(
            "{polite}tell me a joke about {about}",
            "do you know anything funny about {about}",
            "make me laugh with a joke on {about} {day}"));
    patterns.put(
        "music",
        List.of(
            "{polite}play {kind} music",
            "put on {kind} songs for {day}",
            "{polite}start my {kind} playlist at {time}"));
    patterns.put(
        "transfer",
        List.of(
            "{polite}send {sum} dollars to {whom}",
            "transfer {sum} from {whom} to {whom}",
            "{polite}move {sum} dollars to {whom} {day}"));
    patterns.put(
        "weather",
        List.of(
            "what is the weather in {city} {day}",
            "will it rain in {city} {day} at {time}",
            "{polite}give me the forecast of {city} for {day}"));
    return patterns;
  }

  @Override
  public String name() {
    return "utterances";
  }

  @Override
  public void write(Path directory, long seed, int perClass) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("utterances.csv"));
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
      printer.printRecord("text", "label");
      int intent = 0;
      for (Map.Entry<String, List<String>> patterns : PATTERNS.entrySet()) {
        Set<String> made = new TreeSet<>();
        for (int index = 0; index < perClass; index++) {
          CounterRandom random = CounterRandom.of(seed, intent, index);
          String text = fill(patterns.getValue(), random, 0);
          for (int attempt = 1; attempt < MOST_TRIES && !made.add(text); attempt++) {
            text = fill(patterns.getValue(), random, attempt);
          }
          printer.printRecord(text, patterns.getKey());
        }
        intent++;
      }
    }
  }

  private static String fill(List<String> patterns, CounterRandom random, int attempt) {
    long[] counter = {(long) attempt << 8};
    String pattern = patterns.get(random.below(counter[0]++, patterns.size()));
    return Blanks.fill(
        pattern,
        place -> {
          List<String> words = Blanks.WORDS.get(place);
          return words.get(random.below(counter[0]++, words.size()));
        });
  }
}
