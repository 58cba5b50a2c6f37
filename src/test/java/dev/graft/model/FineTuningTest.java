package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.Condition;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FineTuningTest {
  private static final List<String> BARELY = List.of("steps=1", "learning-rate=1e-6");
  private static final DatasetSchema SCHEMA = TinyImages.schema(1);
  private static final DatasetSchema TURNED =
      new DatasetSchema("image", SCHEMA.shape(), List.of("bottom", "side", "top", "middle"));

  @TempDir Path directory;

  private ModelDefinition definition(String family) throws IOException {
    String architecture =
        switch (family) {
          case "vae" ->
              "{latent: 3, encoder: {channels: [4, 8], hidden: 16, conditional: true},"
                  + " decoder: {channels: [8, 4, 4], hidden: 16}}";
          case "flow" -> "{patch: 2, channels: [8, 12], embedding: 16}";
          case "text-transformer" ->
              "{vocabulary: 290, max-tokens: 12, width: 16, layers: 1, heads: 2}";
          case "text-recurrent" -> "{vocabulary: 290, max-tokens: 12, width: 16, layers: 1}";
          default -> "{convolutions: [{channels: 4, pool: 2}], dense: [8]}";
        };
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(
        file,
        "family: %s%narchitecture: %s%ntraining: {steps: 260, batch: 16, learning-rate: 0.02}%n"
                .formatted(family, architecture)
            + "compute: {batch: 8}\n");
    return DefinitionReader.read(file);
  }

  private static TrainingRun run(ModelDefinition definition, DatasetSchema schema, long seed) {
    boolean text = schema.modality().equals("text");
    LabelledRows train = text ? TinyTexts.rows(90, seed) : TinyImages.rows(1, 90, seed);
    return new TrainingRun(
        "tiny", definition, schema, train, train, seed, Checkpoints.none(), null);
  }

  private static StoredModel fit(TrainingRun run) throws IOException {
    FittedModel fitted = ModelFamilies.get(run.definition().family()).fit(run);
    return new StoredModel(
        new StoredModel.ModelCard(
            "tiny",
            "",
            run.definition(),
            run.schema(),
            "",
            run.seed(),
            "",
            fitted.bestStep(),
            fitted.figures(),
            fitted.history()),
        fitted.weights());
  }

  private static double distance(StoredModel one, StoredModel other) {
    SortedMap<String, Tensor> left = Safetensors.decode(one.weights()).tensors();
    SortedMap<String, Tensor> right = Safetensors.decode(other.weights()).tensors();
    double sum = 0;
    for (String name : left.keySet()) {
      float[] a = left.get(name).values();
      float[] b = right.get(name).values();
      // The VAE's prior is no parameter: it is fitted anew.
      for (int i = 0; i < a.length && !name.startsWith("prior"); i++) {
        sum += Math.abs(a[i] - b[i]);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae", "flow", "classifier", "text-transformer", "text-recurrent"})
  void trainingGoesOnFromTheWeightsOfTheModel(String family) throws IOException {
    ModelDefinition definition = definition(family);
    DatasetSchema schema = family.startsWith("text") ? TinyTexts.schema() : SCHEMA;
    StoredModel base = fit(run(definition, schema, 1));
    TrainingRun barely = run(FineTuning.definition(definition, "tiny@1", BARELY), schema, 2);
    double near = distance(fit(barely.from(base)), base);
    double far = distance(fit(barely), base);
    assertThat(near).isPositive().isLessThan(far / 100);
  }

  @Test
  void classesKeepTheirWeightsUnderAnotherNumberAndANewOneIsTheirMean() throws IOException {
    ModelDefinition definition = definition("classifier");
    StoredModel base = fit(run(definition, SCHEMA, 1));
    TrainingRun barely = run(FineTuning.definition(definition, "tiny@1", BARELY), TURNED, 2);
    float[] bias = bias(base);
    float[] turned = bias(fit(barely.from(base)));
    float mean = (bias[0] + bias[1] + bias[2]) / 3;
    float[] expected = {bias[2], mean, bias[0], bias[1]};
    for (int i = 0; i < 4; i++) {
      assertThat((double) turned[i]).isCloseTo(expected[i], within(1e-4));
    }
  }

  private static float[] bias(StoredModel model) {
    return Safetensors.decode(model.weights()).tensors().get("logits.bias").values();
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae", "flow"})
  void drawsAClassAsBeforeUnderItsNewNumber(String family) throws Exception {
    ModelDefinition definition = definition(family);
    StoredModel base = fit(run(definition, SCHEMA, 1));
    TrainingRun barely = run(FineTuning.definition(definition, "tiny@1", BARELY), TURNED, 2);
    StoredModel turned = fit(barely.from(base));
    double far = Math.abs(mean(base, 0) - mean(base, 2));
    assertThat(far).isGreaterThan(30);
    assertThat(mean(turned, 2)).isCloseTo(mean(base, 0), within(far / 3));
    assertThat(mean(turned, 0)).isCloseTo(mean(base, 2), within(far / 3));
  }

  /** How bright the upper rows are that a model draws of a class. */
  private static double mean(StoredModel model, int label) throws Exception {
    try (Sampler sampler =
        (Sampler) ModelFamilies.get(model.card().definition().family()).open(model)) {
      byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Sampler.Controls.NONE);
      double sum = 0;
      for (int i = 0; i < drawn.length; i++) {
        sum += i % 64 < 24 ? drawn[i] & 0xff : 0;
      }
      return sum / (8 * 24);
    }
  }

  @Test
  void takesAFifthOfTheStepsUnlessToldOtherwise() throws IOException {
    ModelDefinition definition = definition("flow");
    assertThat(FineTuning.definition(definition, "m@1", List.of()).training().get("steps").asInt())
        .isEqualTo(52);
    ModelDefinition told = FineTuning.definition(definition, "m@1", List.of("steps=7", "clip=2"));
    assertThat(told.training().get("steps").asInt()).isEqualTo(7);
    assertThat(told.training().get("clip").asInt()).isEqualTo(2);
    assertThat(told.architecture()).isEqualTo(definition.architecture());
  }

  @Test
  void refusesWhatTheDefinitionOfTheModelWouldNotTake() throws IOException {
    ModelDefinition definition = definition("flow");
    assertThatThrownBy(() -> FineTuning.definition(definition, "m@1", List.of("step=7")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("step")
        .hasMessageContaining("did you mean");
  }

  @Test
  void refusesAModelOfAnotherShape() throws IOException {
    ModelDefinition definition = definition("classifier");
    StoredModel base = fit(run(definition, SCHEMA, 1));
    ModelDefinition wider =
        DefinitionReader.changed(definition, "wide", List.of("architecture.dense=[9]"));
    assertThatThrownBy(() -> fit(run(wider, SCHEMA, 1).from(base)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("model tiny has Tensor[8] for dense0.bias")
        .hasMessageContaining("this training needs [9]");
  }

  @Test
  void continuesFromItsOwnCheckpointRatherThanFromTheModel() throws IOException {
    ModelDefinition definition =
        DefinitionReader.changed(
            definition("flow"), "tiny", List.of("training.checkpoint-every=20"));
    StoredModel base = fit(run(definition, SCHEMA, 1));
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    TrainingRun run = run(definition, SCHEMA, 2);
    StoredModel whole = fit(with(run, all).from(base));
    assertThat(all.saved()).isNotEmpty();
    StoredModel continued = fit(with(run, RecordedCheckpoints.from(all.saved().get(0))).from(base));
    assertThat(Arrays.equals(continued.weights(), whole.weights())).isTrue();
  }

  private static TrainingRun with(TrainingRun run, Checkpoints checkpoints) {
    return new TrainingRun(
        run.task(),
        run.definition(),
        run.schema(),
        run.train(),
        run.tune(),
        run.seed(),
        checkpoints,
        null);
  }
}
