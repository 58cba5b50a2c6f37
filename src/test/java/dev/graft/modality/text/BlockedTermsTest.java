package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockedTermsTest {
  private static int found(String term, String text) {
    return new BlockedTerms(BlockedTerms.digests(List.of(term))).in(text);
  }

  @ParameterizedTest
  @CsvSource({
    "bad, that is BAD.",
    "bad, ｂａｄ",
    "bad, dad's bad's",
    "bad word, so: bad-word!",
    "straße, STRASSE 7",
    "STRASSE, in der Straße",
    "café, un CAFE\u0301 noir",
    "ὀδυσσεύς, ΟΔΥΣΣΕΎΣ ὈΔΥΣΣΕΎΣ",
    "天気, 明日の天気はどうですか",
    "i, I"
  })
  void termsAreMetWhateverTheirCaseAndForm(String term, String text) {
    assertThat(found(term, text)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"bad, badge", "bad, abad", "bad word, bad", "bad word, bad and word", "bad, ''"})
  void partsOfWordsAreNot(String term, String text) {
    assertThat(found(term, text)).isZero();
  }

  @Test
  void everyPlaceCounts() {
    List<String> digests = BlockedTerms.digests(List.of("bad", "very bad", "BAD"));
    assertThat(digests).hasSize(2);
    assertThat(new BlockedTerms(digests).in("bad, very bad")).isEqualTo(3);
    assertThat(new BlockedTerms(List.of()).in("bad")).isZero();
  }

  @Test
  void digestsDoNotSpellTheTermsOut() {
    assertThat(BlockedTerms.digests(List.of("unspeakable thing")).get(0))
        .matches("2:[0-9a-f]{1,16}");
  }

  @Test
  void refusesATermThatNoTextCanMeetByItsPlace() {
    assertThatThrownBy(() -> BlockedTerms.digests(List.of("fine", "$!")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("blocked term 2 of 2 has no letter or digit");
  }
}
