package dev.graft.model;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.model.autoregressive.AutoregressiveFamily;
import dev.graft.model.began.BeganFamily;
import dev.graft.model.chat.BackTranslationFamily;
import dev.graft.model.chat.ChatFamily;
import dev.graft.model.classical.ClassicalFamily;
import dev.graft.model.classical.TextClassicalFamily;
import dev.graft.model.classical.TextNearWordsFamily;
import dev.graft.model.classifier.ClassifierFamily;
import dev.graft.model.classifier.TextClassifierFamily;
import dev.graft.model.encoder.TextEncoderFamily;
import dev.graft.model.ensemble.EnsembleFamily;
import dev.graft.model.external.ExternalClassifierFamily;
import dev.graft.model.external.ExternalFamily;
import dev.graft.model.flow.FlowFamily;
import dev.graft.model.gan.GanFamily;
import dev.graft.model.language.TextExternalFamily;
import dev.graft.model.language.TextRecurrentFamily;
import dev.graft.model.language.TextTransformerFamily;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.vae.VaeFamily;
import dev.graft.model.wgan.WganFamily;
import java.util.List;

/** The registered model families. */
public final class ModelFamilies {
  private static final List<ModelFamily<?>> ALL =
      List.of(
          new VaeFamily(),
          new GanFamily(),
          new WganFamily(),
          new BeganFamily(),
          new AutoregressiveFamily(),
          new FlowFamily(),
          new ClassicalFamily(),
          new EnsembleFamily(),
          new ExternalFamily(),
          new TextTransformerFamily(),
          new TextRecurrentFamily(),
          new TextClassicalFamily(),
          new TextNearWordsFamily(),
          new TextExternalFamily(),
          new ChatFamily(),
          new BackTranslationFamily(),
          new ClassifierFamily(),
          new TextClassifierFamily(),
          new TextEncoderFamily(),
          new ExternalClassifierFamily());

  private ModelFamilies() {}

  public static List<ModelFamily<?>> all() {
    return ALL;
  }

  /** The family of this name. */
  public static ModelFamily<?> get(String name) {
    return ALL.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown model family \"%s\"; known: %s",
                    name, String.join(", ", ALL.stream().map(ModelFamily::name).toList())));
  }

  /**
   * Checks a definition against this machine and, by its family, against data.
   *
   * @param file of the definition, for the message
   * @param schema without classes as long as nobody has read them
   * @throws GraftException (exit 2) that begins with the file
   */
  public static void check(ModelDefinition definition, String file, DatasetSchema schema) {
    try {
      CpuCapability.check(definition.compute().capability());
      get(definition.family()).check(definition, schema);
    } catch (GraftException e) {
      throw new GraftException(e.exitCode(), file + ": " + e.getMessage(), e);
    }
  }
}
