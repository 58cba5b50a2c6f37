package dev.graft.ingest.sample;

import dev.graft.data.CounterRandom;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Pairs of requests to an assistant that ask for the same ({@code paraphrase}) or do not ({@code
 * different}): {@code pairs.csv} with the columns {@code sentence1}, {@code sentence2} and {@code
 * label}. Those of one class differ as long as there are enough. Requests of both classes speak of
 * the same days and places, so that the words they share do not tell the class.
 */
final class RequestPairs implements SampleKind {
  private static final int MOST_TRIES = 50;

  /** Ways to ask for one thing, a list for each thing. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of(
              "{polite}wake me up at {time} {day}",
              "{polite}set an alarm for {time} {day}",
              "i have to get up at {time} {day}",
              "let the alarm clock ring at {time} {day}"),
          List.of(
              "{polite}book a flight to {city} {day}",
              "i need a seat on a plane to {city} {day}",
              "i want to fly to {city} {day}",
              "get me an airline ticket to {city} {day}"),
          List.of(
              "what is the weather in {city} {day}",
              "{polite}give me the forecast for {city} {day}",
              "do i need an umbrella in {city} {day}",
              "will it rain in {city} {day}"),
          List.of(
              "{polite}play {kind} music {day}",
              "put on {kind} songs {day}",
              "i would like to hear {kind} tunes {day}",
              "start my {kind} playlist {day}"),
          List.of(
              "{polite}send {sum} dollars to {whom} {day}",
              "transfer {sum} dollars to {whom} {day}",
              "i owe {sum} dollars that {whom} must get {day}",
              "make a payment of {sum} dollars to {whom} {day}"),
          List.of(
              "{polite}tell me a joke about {about}",
              "do you know anything funny about {about}",
              "make me laugh about {about}",
              "i need to hear a good one about {about}"));

  @Override
  public String name() {
    return "pairs";
  }

  @Override
  public void write(Path directory, long seed, int perClass) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("pairs.csv"));
        CSVPrinter printer = new CSVPrinter(out, CSVFormat.RFC4180)) {
      printer.printRecord("sentence1", "sentence2", "label");
      for (boolean same : List.of(true, false)) {
        Set<List<String>> made = new HashSet<>();
        for (int index = 0; index < perClass; index++) {
          CounterRandom random = CounterRandom.of(seed, same ? 1 : 0, index);
          List<String> pair = pair(same, random, 0);
          for (int attempt = 1; attempt < MOST_TRIES && !made.add(pair); attempt++) {
            pair = pair(same, random, attempt);
          }
          printer.printRecord(pair.get(0), pair.get(1), same ? "paraphrase" : "different");
        }
      }
    }
  }

  private static List<String> pair(boolean same, CounterRandom random, int attempt) {
    Draws draws = new Draws(random, (long) attempt << 8);
    int first = draws.below(WAYS.size());
    int second = same ? first : (first + 1 + draws.below(WAYS.size() - 1)) % WAYS.size();
    int way = draws.below(WAYS.get(first).size());
    int other =
        same
            ? (way + 1 + draws.below(WAYS.get(first).size() - 1)) % WAYS.get(first).size()
            : draws.below(WAYS.get(second).size());
    Map<String, String> said = new HashMap<>();
    return List.of(
        draws.fill(WAYS.get(first).get(way), said), draws.fill(WAYS.get(second).get(other), said));
  }

  /** Numbers one after the other. */
  private static final class Draws {
    private final CounterRandom random;
    private long counter;

    Draws(CounterRandom random, long counter) {
      this.random = random;
      this.counter = counter;
    }

    int below(int bound) {
      return random.below(counter++, bound);
    }

    /** What has been said of a place before is said again, but for politeness. */
    String fill(String sentence, Map<String, String> said) {
      said.remove("polite");
      return Blanks.fill(
          sentence,
          place -> {
            List<String> words = Blanks.WORDS.get(place);
            return said.computeIfAbsent(place, any -> words.get(below(words.size())));
          });
    }
  }
}
