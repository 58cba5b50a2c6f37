package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FamiliarSyllablesTest {
  private static final List<String> ENGLISH =
      List.of(
          "what is the weather like in paris this morning",
          "please set an alarm for seven thirty on monday",
          "i would like to book a flight to the north",
          "could you transfer fifty dollars from my savings",
          "tell me when the next train leaves for london",
          "how long does it take to cook rice for three",
          "remind me to call my brother later this evening",
          "is there anything that i need to bring with me");

  @Test
  void anotherLanguageHasOtherSyllables() {
    FamiliarSyllables english = new FamiliarSyllables(ENGLISH);
    double same = english.share("please call me when the train is in london");
    assertThat(same).isGreaterThan(0.7);
    for (String other :
        List.of(
            "bitte wecke mich morgen um halb acht",
            "quelle heure est-il maintenant chez vous",
            "Какая завтра будет погода?",
            "明日の天気はどうですか")) {
      assertThat(english.share(other)).as(other).isLessThan(same - 0.3);
    }
  }

  @Test
  void numbersAndSignsAreOfNoLanguage() {
    FamiliarSyllables english = new FamiliarSyllables(ENGLISH);
    assertThat(english.share("7:30, 12-10?")).isEqualTo(1);
    assertThat(english.share("")).isEqualTo(1);
    assertThat(english.share("MONDAY 7")).isEqualTo(english.share("monday"));
  }

  @Test
  void runsThatAreRareAmongTheTextsAreNotUsual() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 99; i++) {
      texts.add("abc"); // the runs abc, bc and the end, and the beginning with ab
    }
    texts.add("zzz");
    assertThat(new FamiliarSyllables(texts).share("abc")).isEqualTo(1);
    assertThat(new FamiliarSyllables(texts).share("zzz")).isZero();
  }
}
