package dev.graft.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleId;
import dev.graft.modality.text.BlockedTerms;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Classifier.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Scorers of texts as specs name them, over real rows and rows whose order of quality is known. */
class TextScorersTest {
  private static final int SIZE = 64;
  private static final List<String> REAL =
      List.of(
          "wake me up at seven",
          "set an alarm for seven on monday",
          "wake me at nine tomorrow",
          "please set an alarm for nine",
          "i need an alarm at seven tomorrow");

  private static byte[] values(List<String> texts) {
    byte[] values = new byte[texts.size() * SIZE];
    for (int i = 0; i < texts.size(); i++) {
      CanonicalText.writeMarked(texts.get(i), values, i * SIZE, SIZE);
    }
    return values;
  }

  private static ScoringContext context(List<String> real, List<String> parts) {
    return context(real, parts, List.of());
  }

  private static ScoringContext context(List<String> real, List<String> parts, List<String> spans) {
    List<SampleId> ids = new ArrayList<>();
    real.forEach(text -> ids.add(new SampleId(0, ids.size())));
    LabelledRows rows = new LabelledRows(SIZE, values(real), new int[real.size()], ids);
    Prediction judged =
        new Prediction(real.size(), 1, 1, new float[real.size()], new float[real.size()]);
    return new ScoringContext(
        new DatasetSchema("text", List.of(SIZE), List.of("alarm"), parts).withSpans(spans),
        rows,
        judged,
        rows,
        judged);
  }

  private static float[] score(String scorer, Map<String, List<String>> terms, String... texts) {
    return score(context(REAL, List.of()), scorer, terms, texts);
  }

  private static float[] score(
      ScoringContext context, String scorer, Map<String, List<String>> terms, String... texts) {
    SampleId[] ids = new SampleId[texts.length];
    byte[][] payloads = new byte[texts.length][0];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new SampleId(1, i);
    }
    SampleBatch batch =
        new SampleBatch(
            Condition.ofLabel(0),
            0,
            0,
            ids,
            SIZE,
            values(List.of(texts)),
            payloads,
            Map.of(),
            List.of());
    return new BatchScoring(null, List.of(scorer), terms, context)
        .score(batch)
        .scores()
        .get(scorer);
  }

  @Test
  void whatReadsLikeRealTextsIsMoreFluent() {
    float[] nats =
        score("fluency", Map.of(), REAL.get(0), "wake me up on monday", "pu em ekaw no yadnom");
    assertThat(nats[0]).isLessThan(nats[1]);
    assertThat(nats[1]).isLessThan(nats[2] - 1);
  }

  @Test
  void anotherLanguageIsToldFromThatOfRealTexts() {
    float[] shares =
        score("language", Map.of(), "alarm at nine", "wecke mich morgen frueh", "7 30");
    assertThat(shares[0]).isGreaterThan(0.8f);
    assertThat(shares[1]).isLessThan(0.3f);
    assertThat(shares[2]).isEqualTo(1);
  }

  @Test
  void blockedWordsAreThoseOfTheRule() {
    Map<String, List<String>> terms =
        Map.of("block-list", BlockedTerms.digests(List.of("Seven", "wake me")));
    assertThat(score("block-list", terms, "WAKE ME at SEVEN", "seventy", ""))
        .containsExactly(2, 0, 0);
    assertThat(score("block-list", Map.of(), "wake me")).containsExactly(0);
  }

  @Test
  void pairsWithoutAllOfTheirPartsAreNotWellFormed() {
    ScoringContext pairs =
        context(
            List.of("wake me at nine\tset an alarm for nine", "seven\tat seven"),
            List.of("premise", "hypothesis"));
    assertThat(
            score(
                pairs,
                "well-formed",
                Map.of(),
                "at nine\tset seven",
                "at nine set seven",
                "at nine\t",
                "\tset seven alarm",
                "at\tnine\tset seven"))
        .containsExactly(1, 0, 0, 0, 0);
  }

  @Test
  void textsWhoseMarksDoNotPairUpAreNotWellFormed() {
    assertThat(
            score(
                context(REAL, List.of(), List.of("time", "day")),
                "well-formed",
                Map.of(),
                "wake me at \u0002seven\u0001 on \u0003monday\u0001",
                "wake me up at seven",
                "wake me at \u0002seven on monday",
                "wake me at seven\u0001 on monday",
                "wake me \u0002at \u0003seven\u0001\u0001 up",
                "wake me at \u0004seven\u0001 on monday"))
        .containsExactly(1, 1, 0, 0, 0, 0);
    assertThat(score("well-formed", Map.of(), "wake me at \u0002seven\u0001")).containsExactly(0);
  }

  @Test
  void spansAreHeldAgainstRealOnesOfTheirKind() {
    ScoringContext slots =
        context(
            List.of(
                "wake me at \u0002seven\u0001 on \u0003monday\u0001",
                "set an alarm for \u0002nine\u0001 on \u0003sunday\u0001",
                "i need an alarm at \u0002eleven\u0001 on \u0003friday morning\u0001",
                "wake me up on \u0003monday morning\u0001 please"),
            List.of(),
            List.of("time", "day", "place"));
    assertThat(
            score(
                slots,
                "span-agreement",
                Map.of(),
                "wake me at \u0002nine\u0001 on \u0003sunday morning\u0001",
                "wake me at \u0003nine\u0001 on \u0002sunday\u0001",
                "wake me at \u0002nine\u0001 on \u0002sunday\u0001",
                "\u0002wake\u0001 me",
                "\u0004seven\u0001",
                "\u0005seven\u0001",
                "wake me at seven"))
        .containsExactly(1, 0, 0.5f, 0, 0, 0, 1);
    assertThat(score("span-agreement", Map.of(), "wake me at seven")).containsExactly(1);
  }

  @Test
  void otherScorersDoNotSeeMarks() {
    ScoringContext slots = context(REAL, List.of(), List.of("time", "day"));
    for (String scorer :
        List.of("copied-span", "fluency", "language", "repetition", "personal-data")) {
      float[] scores =
          score(
              slots,
              scorer,
              Map.of(),
              "wake me at \u0002se\u0001ven \u0003tomorrow\u0001",
              "wake me at seven tomorrow");
      assertThat(scores[0]).as(scorer).isEqualTo(scores[1]);
    }
  }

  @Test
  void whatOnePartSaysAfterAnotherIsNoRepetition() {
    ScoringContext pairs = context(REAL, List.of("premise", "hypothesis"));
    assertThat(score(pairs, "repetition", Map.of(), "wake me up\twake me up", "a b a b a\tc"))
        .containsExactly(0, 0.5f);
  }
}
