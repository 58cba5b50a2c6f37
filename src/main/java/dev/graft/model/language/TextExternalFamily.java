package dev.graft.model.language;

import com.google.common.collect.Sets;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextDemands;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.external.ExternalFamily;
import dev.graft.model.external.Program;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Language models that were trained elsewhere: a TorchScript or ONNX file that gives the logits of
 * the next token, and its {@code tokenizer.json}. Fitting one checks both and keeps their content
 * in the model, so that nobody needs the files afterwards.
 */
public final class TextExternalFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "text-external";
  }

  @Override
  public String description() {
    return "language model from a TorchScript or ONNX file, with its tokenizer";
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
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    TextModality.refuseSpans(schema, name());
    TextExternalArchitecture architecture = TextExternalArchitecture.of(definition.architecture());
    architecture.check(schema);
    architecture.file().check();
    architecture.tokenizerFile().check();
    if (architecture.tokenizerFile().isLocal()) {
      architecture.tokens(architecture.tokenizerFile().content());
    }
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    TextExternalArchitecture architecture = TextExternalArchitecture.of(definition.architecture());
    TextModality.rowSize(run.schema());
    architecture.check(run.schema());
    byte[] content = architecture.file().content();
    byte[] tokenizer = architecture.tokenizerFile().content();
    try (ProgramLanguage language = language(definition, run.schema(), content, tokenizer)) {
      new LanguageProbe(language, definition.compute().batch()).check();
    }
    byte[] weights =
        Safetensors.of(Map.of(), Map.of())
            .withBytes(ExternalFamily.FILE, ByteTensor.of(content))
            .withBytes(LanguageFamily.TOKENIZER_FILE, ByteTensor.of(tokenizer))
            .encode();
    return new FittedModel(weights, List.of(), 0, Map.of("bytes", (double) content.length));
  }

  private static ProgramLanguage language(
      ModelDefinition definition, DatasetSchema schema, byte[] content, byte[] tokenizer)
      throws IOException {
    TextExternalArchitecture architecture = TextExternalArchitecture.of(definition.architecture());
    int[] numbers = architecture.numbers(schema);
    FileTokens tokens = architecture.tokens(tokenizer);
    Program program = architecture.file().open(content, definition.compute());
    return new ProgramLanguage(architecture, tokens, program, numbers);
  }

  @Override
  public Sampler open(StoredModel model) throws IOException {
    Map<String, ByteTensor> files = Safetensors.decode(model.weights()).bytes();
    return new LanguageSampler(
        model,
        language(
            model.card().definition(),
            model.card().schema(),
            files.get(ExternalFamily.FILE).values(),
            files.get(LanguageFamily.TOKENIZER_FILE).values()));
  }
}
