package dev.graft.model.encoder;

import ai.djl.modality.nlp.Vocabulary;
import ai.djl.modality.nlp.bert.BertFullTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;

/**
 * Texts as the word pieces of a BERT vocabulary in lower case (Wu et al. 2016,
 * https://arxiv.org/abs/1609.08144).
 */
final class WordPieces {
  private static final String BEGIN = "[CLS]";
  private static final String END = "[SEP]";
  private static final String UNKNOWN = "[UNK]";
  private static final Pattern WORD = Pattern.compile("[a-z]{2,}");

  private static final Pattern IDEOGRAPH = Pattern.compile("\\p{IsIdeographic}");

  private final Pieces pieces;
  private final BertFullTokenizer tokenizer;

  private WordPieces(Pieces pieces) {
    this.pieces = pieces;
    this.tokenizer = new BertFullTokenizer(pieces, true);
  }

  /**
   * @param vocabulary numbers by piece
   */
  static WordPieces of(JsonNode vocabulary) {
    Map<String, Integer> numbers = new HashMap<>();
    vocabulary.fields().forEachRemaining(e -> numbers.put(e.getKey(), e.getValue().asInt()));
    return new WordPieces(new Pieces(numbers));
  }

  /** The numbers of a text's pieces between those of its ends, {@code most} at most. */
  long[] numbers(String text, int most) {
    List<Long> numbers = new ArrayList<>();
    numbers.add(pieces.getIndex(BEGIN));
    for (String piece : tokenizer.tokenize(apart(text))) {
      if (numbers.size() == most - 1) {
        break;
      }
      numbers.add(pieces.getIndex(piece));
    }
    numbers.add(pieces.getIndex(END));
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  /** Each ideograph is a word. */
  private static String apart(String text) {
    return IDEOGRAPH.matcher(text).replaceAll(" $0 ");
  }

  /** The pieces that are whole words of two letters and more from a to z, by number. */
  List<String> words() {
    return pieces.numbers().entrySet().stream()
        .filter(entry -> WORD.matcher(entry.getKey()).matches())
        .sorted(Entry.comparingByValue())
        .map(Entry::getKey)
        .toList();
  }

  private record Pieces(Map<String, Integer> numbers) implements Vocabulary {
    Pieces {
      numbers = Collections.unmodifiableMap(numbers);
    }

    @Override
    public String getToken(long index) {
      throw new UnsupportedOperationException("nothing asks for the piece of a number");
    }

    @Override
    public boolean contains(String token) {
      return numbers.containsKey(token);
    }

    @Override
    public long getIndex(String token) {
      Integer number = numbers.get(token);
      return number == null ? numbers.get(UNKNOWN) : number;
    }

    @Override
    public long size() {
      return numbers.size();
    }
  }
}
