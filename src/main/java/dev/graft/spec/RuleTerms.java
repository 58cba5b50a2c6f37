package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads what a rule of {@code select} makes its scorer look for: {@code words} in the spec, a
 * {@code file} of them, or both. Only digests go on from here: the spec of a run, its manifest and
 * its messages do not spell the words out.
 */
final class RuleTerms {
  private static final String WORDS = "/words";
  private static final String FILE = "/file";

  private final SpecReading reading;

  RuleTerms(SpecReading reading) {
    this.reading = reading;
  }

  /**
   * @param takes whether the scorer looks for words
   * @return digests, sorted; empty with a problem added where the rule is wrong
   */
  List<String> read(String pointer, String scorer, boolean takes) {
    boolean given = reading.has(pointer + WORDS) || reading.has(pointer + FILE);
    if (given != takes) {
      reading.problem(
          pointer,
          given
              ? "%s looks for no words; leave words and file out"
              : "%s needs what to look for: words: [...], a file of words, one on a line, or both",
          scorer);
      return List.of();
    }
    if (!takes) {
      return List.of();
    }
    List<String> terms = new ArrayList<>();
    for (JsonNode word : reading.at(pointer + WORDS)) {
      terms.add(word.textValue());
    }
    if (reading.has(pointer + FILE)) {
      terms.addAll(reading.attempt(pointer + FILE, List.of(), () -> lines(pointer + FILE)));
    }
    return reading.attempt(pointer, List.of(), () -> reading.vocabulary().termDigests(terms));
  }

  private List<String> lines(String pointer) {
    String file = reading.text(pointer);
    String location = reading.absolute(file);
    if (!Storage.exists(location)) {
      throw GraftException.usage("%s: there is no such file", file);
    }
    try {
      List<String> lines =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Storage.read(location)))
              .toString()
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .toList();
      if (lines.isEmpty()) {
        throw GraftException.usage("%s holds no words; write one on a line", file);
      }
      return lines;
    } catch (CharacterCodingException e) {
      throw GraftException.usage("%s is not UTF-8; write it in UTF-8", file);
    } catch (UncheckedIOException e) {
      throw GraftException.usage("%s cannot be read: %s", file, e.getMessage());
    }
  }
}
