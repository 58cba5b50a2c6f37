package dev.graft.model.language;

import ai.djl.ndarray.NDManager;
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
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.CausalTransformer;
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
 * Class-conditional language models: a causal transformer over the tokens of a byte pair encoding
 * (Radford et al. 2019) that is learned from the train rows and kept with the weights. The
 * likelihood is exact and reported on tune rows.
 */
public final class TextTransformerFamily implements ModelFamily<Sampler> {
  /** Name of the bytes among the weights that are the tokenizer, in the form of Hugging Face. */
  static final String TOKENIZER_FILE = "tokenizer.json";

  @Override
  public String name() {
    return "text-transformer";
  }

  @Override
  public String description() {
    return "causal transformer over byte pairs of texts, conditioned on the class";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Sets.union(TokenChoice.NAMES, TextDemands.NUMBERS);
  }

  @Override
  public Set<String> textControls() {
    return TextDemands.TEXTS;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    LanguageArchitecture.of(definition.architecture());
    TrainingSettings.of(definition.training());
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    check(definition, run.schema());
    LanguageArchitecture architecture = LanguageArchitecture.of(definition.architecture());
    BytePairs pairs = BytePairLearner.learn(texts(run.train()), architecture.vocabulary());
    CausalTransformer transformer =
        architecture.transformer(pairs.size(), OneHot.length(run.schema()));
    try (NDManager manager = TorchEngine.newManager(definition.compute())) {
      LanguageObjective objective =
          new LanguageObjective(
              run,
              manager,
              transformer,
              TokenRows.of(run.train(), pairs, architecture.maxTokens()),
              TokenRows.of(run.tune(), pairs, architecture.maxTokens()));
      try (TrainingLoop loop =
          new TrainingLoop(
              run,
              (stretch, settings, saved) ->
                  new ObjectiveLearner(
                      manager,
                      settings,
                      saved,
                      parameters -> transformer.declare(parameters, run.seed()),
                      objective))) {
        return with(loop.run().fitted(Map.of()), TokenizerFile.write(pairs));
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
  public Sampler open(StoredModel model) {
    return new LanguageSampler(model);
  }
}
