package dev.graft.model.chat;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.Safetensors;
import dev.graft.spec.GenerationMode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Back-translation (Sennrich et al. 2016): a real text goes to another language and back, which
 * changes its words and keeps what it says. Chat services translate. There is nothing to train, and
 * the model holds no rows: it makes variations of real ones and nothing else.
 */
public final class BackTranslationFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "back-translation";
  }

  @Override
  public String description() {
    return "real texts, translated and translated back by an OpenAI-compatible chat service";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Sampling.NAMES;
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of(GenerationMode.Kind.VARY);
  }

  @Override
  public boolean needsMode() {
    return true;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    TextModality.refuseSpans(schema, name());
    BackTranslationArchitecture.of(definition.architecture()).check();
  }

  @Override
  public FittedModel fit(TrainingRun run) {
    check(run.definition(), run.schema());
    return new FittedModel(Safetensors.of(Map.of(), Map.of()).encode(), List.of(), 0, Map.of());
  }

  @Override
  public Sampler open(StoredModel model) {
    return new BackTranslationSampler(model, new KeptAnswers(""));
  }

  @Override
  public Sampler open(StoredModel model, String answers) {
    return new BackTranslationSampler(model, new KeptAnswers(answers));
  }
}
