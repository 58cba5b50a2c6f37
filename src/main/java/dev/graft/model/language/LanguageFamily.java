package dev.graft.model.language;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextDemands;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Class-conditional language models: a network over tokens that are learned from the train rows and
 * kept with the weights. The likelihood of the tokens is exact and reported on tune rows.
 */
public abstract class LanguageFamily implements ModelFamily<Sampler> {
  /** Name of the bytes among the weights that are the tokenizer, in the form of Hugging Face. */
  static final String TOKENIZER_FILE = "tokenizer.json";

  /**
   * The network of a validated architecture.
   *
   * @param codes tokens that were learned
   * @throws dev.graft.data.GraftException (exit 2) for one that cannot be
   */
  abstract LanguageNetwork network(JsonNode architecture, int codes, int classes);

  @Override
  public final Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public final Set<String> controls() {
    return Sets.union(TokenChoice.NAMES, TextDemands.NUMBERS);
  }

  @Override
  public final Set<String> textControls() {
    return TextDemands.TEXTS;
  }

  @Override
  public final List<TuneFigure> tuneFigures() {
    Set<String> ofTokens =
        Set.of("architecture.tokens", "architecture.vocabulary", "architecture.max-tokens");
    return List.of(new TuneFigure(LanguageObjective.TUNE, true, ofTokens));
  }

  @Override
  public final void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    network(definition.architecture(), 1, 1);
    TrainingSettings.of(definition.training());
  }

  @Override
  public final FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    check(definition, run.schema());
    LanguageArchitecture architecture = LanguageArchitecture.of(definition.architecture());
    Tokens tokens = architecture.tokens().learn(texts(run.train()), architecture.vocabulary());
    LanguageNetwork network =
        network(definition.architecture(), tokens.size(), OneHot.length(run.schema()));
    try (NDManager manager = TorchEngine.newManager(definition.compute())) {
      LanguageObjective objective =
          new LanguageObjective(
              run,
              manager,
              network,
              TokenRows.of(run.train(), tokens, architecture.maxTokens()),
              TokenRows.of(run.tune(), tokens, architecture.maxTokens()));
      try (TrainingLoop loop =
          new TrainingLoop(
              run,
              (stretch, settings, saved) ->
                  new ObjectiveLearner(
                      manager,
                      settings,
                      saved,
                      parameters -> network.declare(parameters, run.seed()),
                      objective))) {
        return with(loop.run().fitted(Map.of()), TokenizerFile.write(tokens));
      }
    }
  }

  private static List<String> texts(LabelledRows rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(row -> CanonicalText.read(rows.values(), row * rows.rowSize(), rows.rowSize()))
        .toList();
  }

  private static FittedModel with(FittedModel fitted, byte[] tokenizer) {
    byte[] weights =
        Safetensors.decode(fitted.weights())
            .withBytes(TOKENIZER_FILE, new ByteTensor(new long[] {tokenizer.length}, tokenizer))
            .encode();
    return new FittedModel(weights, fitted.history(), fitted.bestStep(), fitted.figures());
  }

  @Override
  public final Sampler open(StoredModel model) {
    return new LanguageSampler(model, new TrainedLanguage(model, this));
  }
}
