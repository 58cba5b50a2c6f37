package dev.graft.model.chat;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextParts;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.OneHot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Real texts after a translation to a pivot language and one back. A variation of strength s is
 * translated at s times the temperature. Seed, condition and index choose the pivot. Of a text of
 * several parts each is translated by itself.
 */
final class BackTranslationSampler implements AskingSampler {
  private static final String FAMILY = "back-translation";
  private static final int PIVOT = 0;
  private static final int REQUESTS = 1;

  private final BackTranslationArchitecture architecture;
  private final Asker there;
  private final Asker home;
  private final DatasetSchema schema;
  private final int batch;

  BackTranslationSampler(StoredModel model, KeptAnswers kept) {
    ModelDefinition definition = model.card().definition();
    this.architecture = BackTranslationArchitecture.of(definition.architecture());
    AnswerForm form = AnswerForm.of(architecture.answer());
    this.there = new Asker(architecture.service(), form, kept);
    this.home = architecture.back() == null ? there : new Asker(architecture.wayHome(), form, kept);
    this.schema = model.card().schema();
    this.batch = definition.compute().batch();
  }

  @Override
  public int batch() {
    return batch;
  }

  /**
   * A text on its way.
   *
   * @param row place in the call
   * @param part number of the part of the row's text
   * @param text in the language of this step
   */
  private record Stop(int row, int part, String text) {}

  @Override
  public Answers ask(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (!(derivation instanceof Variation variation)) {
      throw GraftException.usage(
          "a model of family %s changes real texts and does nothing else; set augment.mode to"
              + " {vary: real, strength: 1}",
          FAMILY);
    }
    int label = ClassCondition.label(condition, OneHot.length(schema), FAMILY);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    LabelledRows sources = variation.sources();
    List<Stop> start = new ArrayList<>();
    for (int row = 0; row < indices.length; row++) {
      String text =
          CanonicalText.read(sources.values(), row * sources.rowSize(), sources.rowSize());
      List<String> parts = TextParts.pieces(text, !schema.parts().isEmpty());
      for (int part = 0; part < parts.size(); part++) {
        start.add(new Stop(row, part, parts.get(part)));
      }
    }
    AnsweredRows rows = new AnsweredRows(indices.length, schema);
    List<Stop> abroad = new ArrayList<>();
    List<Asker.Outcome> translated =
        there.ask(
            questions(
                start,
                architecture.service(),
                architecture.there(),
                "there",
                label,
                condition,
                seed,
                indices,
                randoms,
                controls,
                variation.strength()));
    for (int i = 0; i < start.size(); i++) {
      KeptAnswer answer = count(there, translated.get(i), rows);
      if (answer.texts().isEmpty() || answer.texts().get(0).isBlank()) {
        rows.nothing(start.get(i).row(), answer.texts().isEmpty() ? answer.problem() : "empty");
      } else {
        Stop from = start.get(i);
        abroad.add(new Stop(from.row(), from.part(), answer.texts().get(0).strip()));
      }
    }
    abroad.removeIf(stop -> rows.failed(stop.row()));
    List<Asker.Outcome> back =
        home.ask(
            questions(
                abroad,
                architecture.wayHome(),
                architecture.home(),
                "home",
                label,
                condition,
                seed,
                indices,
                randoms,
                controls,
                variation.strength()));
    Map<Integer, List<String>> parts = new TreeMap<>();
    for (int i = 0; i < abroad.size(); i++) {
      int row = abroad.get(i).row();
      KeptAnswer answer = count(home, back.get(i), rows);
      if (answer.texts().isEmpty()) {
        rows.nothing(row, answer.problem());
      } else {
        boolean lines = lines(sources, row);
        parts
            .computeIfAbsent(row, key -> new ArrayList<>())
            .add(AnsweredRows.clean(answer.texts().get(0), lines));
      }
    }
    parts.forEach(
        (row, texts) -> {
          if (!rows.failed(row)) {
            rows.put(row, TextParts.joined(texts));
          }
        });
    return rows.answers();
  }

  private static boolean lines(LabelledRows sources, int row) {
    return CanonicalText.read(sources.values(), row * sources.rowSize(), sources.rowSize())
            .indexOf('\n')
        >= 0;
  }

  private static KeptAnswer count(Asker asker, Asker.Outcome outcome, AnsweredRows rows) {
    rows.met(outcome);
    rows.used(asker.use(outcome));
    return outcome.answer();
  }

  private List<Question> questions(
      List<Stop> stops,
      ChatService service,
      Prompt prompt,
      String step,
      int label,
      Condition condition,
      long seed,
      long[] indices,
      LongFunction<CounterRandom> randoms,
      Controls controls,
      double strength) {
    Sampling sampling = Sampling.of(service, controls);
    List<Question> questions = new ArrayList<>();
    for (Stop stop : stops) {
      long index = indices[stop.row()];
      CounterRandom random = randoms.apply(index);
      String pivot = architecture.pivots().get(random.below(PIVOT, architecture.pivots().size()));
      String of = schema.parts().isEmpty() ? step : step + " " + schema.parts().get(stop.part());
      questions.add(
          new Question(
              String.join(" ", "seed=" + seed, condition.key(), "sample=" + index, of),
              1,
              prompt.with(
                  Map.of(
                      BackTranslationArchitecture.TEXT,
                      stop.text(),
                      BackTranslationArchitecture.LANGUAGE,
                      architecture.language(),
                      BackTranslationArchitecture.PIVOT,
                      pivot,
                      BackTranslationArchitecture.CLASS,
                      schema.classes().isEmpty() ? "" : schema.classes().get(label))),
              strength * sampling.temperature(),
              sampling.topP(),
              CounterRandom.of(random.bits(REQUESTS), of.hashCode())));
    }
    return questions;
  }

  @Override
  public void close() {
    there.close();
    home.close();
  }
}
