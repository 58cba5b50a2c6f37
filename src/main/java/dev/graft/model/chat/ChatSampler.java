package dev.graft.model.chat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.text.TextParts;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.ClassCondition;
import dev.graft.model.Derivation;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Texts by a chat service. Sample i of a condition is text i mod n of question i / n, where n is
 * the definition's {@code texts}; seed, condition and the question's number choose its examples.
 * Texts of several parts are shown and answered as objects with a string for each part. Controls
 * are those of {@link Sampling}.
 */
final class ChatSampler implements AskingSampler {
  private final ChatArchitecture architecture;
  private final Asker asker;
  private final DatasetSchema schema;
  private final Examples examples;
  private final int batch;
  private final boolean lines;

  ChatSampler(StoredModel model, KeptAnswers kept) {
    ModelDefinition definition = model.card().definition();
    this.architecture = ChatArchitecture.of(definition.architecture());
    this.schema = model.card().schema();
    AnswerForm form = AnswerForm.of(architecture.answer(), schema.parts());
    this.asker = new Asker(architecture.service(), form, kept);
    this.examples = Examples.decode(model.weights(), schema);
    this.batch = definition.compute().batch();
    this.lines =
        examples.byClass().stream()
            .flatMap(List::stream)
            .anyMatch(text -> text.indexOf('\n') >= 0 || text.indexOf('\t') >= 0);
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Answers ask(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    if (derivation != null) {
      throw GraftException.usage(
          "a model of family text-chat makes texts from examples and from nothing else; leave"
              + " augment.mode out");
    }
    int label = ClassCondition.label(condition, examples.byClass().size(), "text-chat");
    Sampling sampling = Sampling.of(architecture.service(), controls);
    LongFunction<CounterRandom> randoms = ClassCondition.random(condition, seed);
    long[] numbers = Arrays.stream(indices).map(this::number).distinct().toArray();
    List<Question> questions = new ArrayList<>();
    for (long number : numbers) {
      questions.add(question(label, condition, seed, number, sampling, randoms.apply(number)));
    }
    Map<Long, Asker.Outcome> outcomes = new TreeMap<>();
    List<Asker.Outcome> answered = asker.ask(questions);
    AnsweredRows rows = new AnsweredRows(indices.length, schema);
    for (int i = 0; i < numbers.length; i++) {
      outcomes.put(numbers[i], answered.get(i));
      rows.met(answered.get(i));
    }
    for (int i = 0; i < indices.length; i++) {
      Asker.Outcome outcome = outcomes.get(number(indices[i]));
      int text = (int) (indices[i] % architecture.texts());
      rows.put(i, outcome.answer(), text, lines);
      if (text == 0) {
        // A question is paid for once, by its first sample.
        rows.used(asker.use(outcome));
      }
    }
    return rows.answers();
  }

  private long number(long index) {
    return index / architecture.texts();
  }

  private Question question(
      int label,
      Condition condition,
      long seed,
      long number,
      Sampling sampling,
      CounterRandom random) {
    List<String> shown = examples.choose(label, architecture.examples(), random);
    String name = schema.classes().isEmpty() ? "" : schema.classes().get(label);
    return new Question(
        String.join(" ", "seed=" + seed, condition.key(), "question=" + number),
        architecture.texts(),
        architecture
            .prompt()
            .with(
                Map.of(
                    ChatArchitecture.CLASS,
                    name,
                    ChatArchitecture.CLASSES,
                    String.join(", ", schema.classes()),
                    ChatArchitecture.EXAMPLES,
                    shown.stream().map(this::example).collect(Collectors.joining("\n")),
                    ChatArchitecture.COUNT,
                    Integer.toString(architecture.texts()),
                    ChatArchitecture.PARTS,
                    String.join(", ", schema.parts()))),
        sampling.temperature(),
        sampling.topP(),
        random);
  }

  /** A line that shows a text: one of several parts as the object that an answer must have. */
  private String example(String text) {
    if (schema.parts().isEmpty()) {
      return "- " + text;
    }
    List<String> texts = TextParts.exactly(text, schema.parts().size());
    ObjectNode parts = Json.mapper().createObjectNode();
    for (int part = 0; part < texts.size(); part++) {
      parts.put(schema.parts().get(part), texts.get(part));
    }
    return "- " + parts;
  }

  @Override
  public void close() {
    asker.close();
  }
}
