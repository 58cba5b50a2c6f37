package dev.graft.model.language;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Sets;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextDemands;
import dev.graft.modality.text.TextModality;
import dev.graft.model.DefinitionReader;
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
import dev.graft.model.nn.SaferTraining;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.WarmStart;
import dev.graft.model.nn.Watched;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * Class-conditional language models: a network over tokens that are learned from the train rows and
 * kept with the weights; a model that is trained further keeps its tokens. The likelihood of the
 * tokens is exact and reported on tune rows.
 */
public abstract class LanguageFamily implements ModelFamily<Sampler> {
  /** Name of the bytes among the weights that are the tokenizer, in the form of Hugging Face. */
  static final String TOKENIZER_FILE = "tokenizer.json";

  /** What a look at a training draws in one call. */
  private static final int ROWS_IN_TRAINING = 64;

  /** A definition that does not say how it is watched is watched by the defaults of its schema. */
  private static final String WATCHED = "training.watch={}";

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
  public final Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY, GenerationMode.Kind.MIX_CLASSES);
  }

  @Override
  public final boolean fineTunes() {
    return true;
  }

  @Override
  public final List<TuneFigure> tuneFigures() {
    Set<String> ofTokens =
        Set.of("architecture.tokens", "architecture.vocabulary", "architecture.max-tokens");
    return List.of(
        new TuneFigure(LanguageObjective.TUNE, true, ofTokens),
        TuneFigure.COVERAGE,
        TuneFigure.BINS);
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
    Tokens tokens = tokens(run, architecture);
    byte[] tokenizer = TokenizerFile.write(tokens);
    LanguageNetwork network =
        network(definition.architecture(), tokens.size(), OneHot.length(run.schema()));
    TokenRows train = TokenRows.of(run.train(), tokens, architecture.maxTokens());
    TokenRows tune = TokenRows.of(run.tune(), tokens, architecture.maxTokens());
    try (NDManager manager = TorchEngine.newManager(definition.compute());
        TrainingLoop loop =
            new TrainingLoop(
                run.with(watched(definition)),
                (stretch, settings, saved) ->
                    new ObjectiveLearner(
                        manager,
                        settings,
                        saved,
                        parameters -> WarmStart.declare(stretch, parameters, network::declare),
                        new LanguageObjective(stretch, manager, network, train, tune)),
                Watched.together(SaferTraining::of, weights -> drawing(run, weights, tokenizer)))) {
      FittedModel fitted = loop.run().fitted(Map.of());
      return new FittedModel(
          with(tokenizer, Safetensors.decode(fitted.weights())),
          fitted.history(),
          fitted.bestStep(),
          fitted.figures(),
          fitted.watch());
    }
  }

  /** Those of the model that is trained further, else those that the train rows teach. */
  private static Tokens tokens(TrainingRun run, LanguageArchitecture architecture) {
    return run.base() == null
        ? architecture.tokens().learn(texts(run.train()), architecture.vocabulary())
        : TokenizerFile.read(
            Safetensors.decode(run.base().weights()).bytes().get(TOKENIZER_FILE).values());
  }

  private static ModelDefinition watched(ModelDefinition definition) {
    return definition.training().has("watch")
        ? definition
        : DefinitionReader.changed(definition, definition.name(), List.of(WATCHED));
  }

  private Optional<Sampler> drawing(
      TrainingRun run, SortedMap<String, Tensor> weights, byte[] tokenizer) {
    byte[] file = with(tokenizer, Safetensors.of(weights, Map.of()));
    return Optional.of(open(StoredModel.inTraining(run, file, ROWS_IN_TRAINING)));
  }

  private static List<String> texts(LabelledRows rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(row -> CanonicalText.read(rows.values(), row * rows.rowSize(), rows.rowSize()))
        .toList();
  }

  private static byte[] with(byte[] tokenizer, Safetensors weights) {
    return weights.withBytes(TOKENIZER_FILE, ByteTensor.of(tokenizer)).encode();
  }

  @Override
  public final Sampler open(StoredModel model) {
    return new LanguageSampler(model, new TrainedLanguage(model, this));
  }
}
