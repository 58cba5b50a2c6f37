package dev.graft.model.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TorchEngine;

/** A network with its weights, which keeps what it needs of the tokens before. */
final class TrainedLanguage implements OpenLanguage {
  private final NDManager manager;
  private final ParameterSet weights;
  private final LanguageNetwork network;
  private final Tokens tokens;

  /**
   * @param kind whose network it is
   */
  TrainedLanguage(StoredModel model, LanguageFamily kind) {
    ModelDefinition definition = model.card().definition();
    Safetensors file = Safetensors.decode(model.weights());
    this.tokens = TokenizerFile.read(file.bytes().get(LanguageFamily.TOKENIZER_FILE).values());
    int classes = OneHot.length(model.card().schema());
    this.network = kind.network(definition.architecture(), tokens.size(), classes);
    this.manager = TorchEngine.newManager(definition.compute());
    this.weights = ParameterSet.of(manager, file.tensors());
  }

  @Override
  public Tokens tokens() {
    return tokens;
  }

  @Override
  public int positions() {
    return network.positions();
  }

  @Override
  public Texts begin(ClassMixture classes) {
    GradMode off = GradMode.off();
    NDManager scope = manager.newSubManager();
    LanguageNetwork.Reading reading = network.reading(weights, scope, classes);
    return new Texts() {
      @Override
      public float[] next(long[] before, int position) {
        try (NDArray logits = position == 0 ? reading.first() : reading.next(before, position)) {
          return logits.toFloatArray();
        }
      }

      @Override
      public void close() {
        scope.close();
        off.close();
      }
    };
  }

  @Override
  public void close() {
    manager.close();
  }
}
