package dev.graft.model.language;

import com.google.common.primitives.Doubles;
import dev.graft.data.CounterRandom;
import dev.graft.modality.text.TextSpans;
import java.util.ArrayList;
import java.util.List;

/**
 * One text while it is drawn. Its first tokens are those that it is given, or those of a prefix,
 * where there is one; what follows them is never the rest of their last word. Keywords have an
 * order and a number of words before each, both drawn; when the model is about to begin another
 * word and so many are there, or to end the text, the next keyword that the text does not hold yet
 * comes first, unless a span is open, see {@link TextSpans}. What follows it is never the rest of
 * its word. A text does not end before it has the fewest words, unless no token is left that may
 * come next, and begins none after the most.
 */
final class Draft {
  private static final long ORDER = 1L << 40; // counters of the random numbers
  private static final long TURN = ORDER + 1;
  private static final int TURNS = 6;
  private static final int[] NOTHING = {};

  private final Tokens vocabulary;
  private final TokenChoice choice;
  private final Wording wording;
  private final CounterRandom random;
  private final int[] tokens;
  private final List<Integer> pending = new ArrayList<>();
  private int[] forced = NOTHING;
  private int at;
  private int length;
  private int words;
  private boolean afterSpace = true;
  private boolean sealed; // the last word is whole
  private boolean ended;

  /**
   * @param beginning first tokens, of which there is room for; none for those of the wording
   * @param random of this text alone
   */
  Draft(
      Tokens vocabulary,
      TokenChoice choice,
      Wording wording,
      int[] beginning,
      CounterRandom random) {
    this.vocabulary = vocabulary;
    this.choice = choice;
    this.wording = wording;
    this.random = random;
    this.tokens = new int[choice.maxTokens()];
    for (int keyword :
        CounterRandom.of(random.bits(ORDER)).permutation(wording.keywords().size())) {
      pending.add(keyword);
    }
    if (beginning.length > 0) {
      force(beginning);
    } else if (!wording.prefixes().isEmpty()) {
      force(wording.prefixes().get(random.below(ORDER - 1, wording.prefixes().size())));
    }
  }

  boolean ended() {
    return ended;
  }

  /** What the text says so far, without white space at its ends. */
  String text() {
    return vocabulary.decode(tokens, length).strip();
  }

  /**
   * Adds a token, or ends the text.
   *
   * @param logits of all tokens; are changed
   * @return the token
   */
  int next(double[] logits) {
    if (at == forced.length
        && !pending.isEmpty()
        && tokens.length - length <= pendingTokens()
        && !TextSpans.endsWithin(text())) {
      force(wording.keywords().get(pending.remove(0)));
    }
    int token = at < forced.length ? forced[at++] : choose(logits);
    if (token == vocabulary.end()) {
      ended = true;
    } else {
      append(token);
    }
    return token;
  }

  private void force(int[] next) {
    forced = next;
    at = 0;
  }

  private int choose(double[] logits) {
    sealed = forced.length > 0;
    forced = NOTHING;
    at = 0;
    boolean any = !sealed && words < wording.demands().mostWords();
    int end = vocabulary.end();
    for (int token = 0; token < end; token++) {
      if (!vocabulary.drawable(token) || !any && forbidden(vocabulary.bytes(token)[0])) {
        logits[token] = Double.NEGATIVE_INFINITY;
      }
    }
    if (length == 0 || words < wording.demands().fewestWords()) {
      logits[end] = Double.NEGATIVE_INFINITY;
    }
    if (Doubles.max(logits) == Double.NEGATIVE_INFINITY) {
      return end;
    }
    int token = choice.choose(logits, tokens, length, random.uniform(length));
    boolean wordEnds = length == 0 || token == end || isSpace(vocabulary.bytes(token)[0]);
    if (wordEnds && due(token == end)) {
      force(wording.keywords().get(pending.remove(0)));
      return forced[at++];
    }
    return token;
  }

  private boolean forbidden(byte first) {
    boolean begins = afterSpace || isSpace(first);
    return begins && words >= wording.demands().mostWords() || sealed && goesOn(first);
  }

  private boolean due(boolean last) {
    if (pending.isEmpty()) {
      return false;
    }
    String text = text();
    if (TextSpans.endsWithin(text)) {
      return false;
    }
    String plain = TextSpans.plain(text);
    pending.removeIf(keyword -> wording.demands().holds(keyword, plain));
    if (pending.isEmpty()) {
      return false;
    }
    long left = pending.stream().mapToInt(wording::words).sum();
    return last
        || words >= random.below(TURN + pending.get(0), TURNS)
        || words + left >= wording.demands().mostWords();
  }

  private int pendingTokens() {
    return pending.stream().mapToInt(keyword -> wording.keywords().get(keyword).length).sum();
  }

  private void append(int token) {
    tokens[length++] = token;
    for (byte value : vocabulary.bytes(token)) {
      boolean space = isSpace(value);
      words += afterSpace && !space ? 1 : 0;
      afterSpace = space;
    }
  }

  static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\t';
  }

  /** Whether a byte may be of the word before it, or begin a span that is; longer ones all may. */
  private static boolean goesOn(byte value) {
    return value < 0
        || value == '\''
        || Character.isLetterOrDigit(value)
        || TextSpans.isBeginning(value);
  }
}
