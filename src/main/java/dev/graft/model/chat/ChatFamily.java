package dev.graft.model.chat;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextModality;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Texts that a large language model writes, behind any chat service of the form of OpenAI's, from a
 * prompt that shows real train texts of the class. There is nothing to train; the model holds the
 * texts that it shows, and they go to the service.
 */
public final class ChatFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "text-chat";
  }

  @Override
  public String description() {
    return "texts by a language model behind an OpenAI-compatible chat service";
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
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    TextModality.refuseSpans(schema, name());
    ChatArchitecture.of(definition.architecture()).check();
  }

  /** Keeps at most {@code training.rows-per-class} rows of each class, drawn by the seed. */
  @Override
  public FittedModel fit(TrainingRun run) {
    check(run.definition(), run.schema());
    int most = run.definition().training().get("rows-per-class").intValue();
    return new FittedModel(Examples.encode(run.train(), most, run.seed()), List.of(), 0, Map.of());
  }

  @Override
  public Sampler open(StoredModel model) {
    return new ChatSampler(model, new KeptAnswers(""));
  }

  @Override
  public Sampler open(StoredModel model, String answers) {
    return new ChatSampler(model, new KeptAnswers(answers));
  }
}
