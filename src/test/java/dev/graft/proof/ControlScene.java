package dev.graft.proof;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.ingest.sample.ShapeRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.DefinitionReader;
import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Models whose controls are measured, an examiner, and rows that none of them has learnt from:
 * Fashion-MNIST's official test pictures and the newest models of the store where {@code
 * GRAFT_DATA} and {@code GRAFT_STORE} are set, else shapes and small models that are trained here.
 */
final class ControlScene implements AutoCloseable {
  /** Of each class, of the rows that nothing has learnt from. */
  static final int ROWS_PER_CLASS = 40;

  private static final int TRAIN_PER_CLASS = 200;

  /** Trainings of a minute or so of what the definitions train for longer. */
  private static final Map<String, List<String>> SHORTER =
      Map.of(
          "image-vae", List.of("training.steps=250", "architecture.prior.components=10"),
          "image-gan", List.of("training.steps=300"),
          "image-flow", List.of("training.steps=300", "training.warm-up=30"),
          "image-autoregressive",
              List.of(
                  "training.steps=250",
                  "training.tokenizer-steps=150",
                  "training.eval-every=50",
                  "training.warm-up=20"),
          "image-classical", List.of(),
          "image-judge", List.of("training.steps=120", "training.eval-every=60"),
          "image-examiner", List.of("training.steps=120", "training.eval-every=60"));

  private final String data = System.getenv("GRAFT_DATA");
  private final String store = System.getenv("GRAFT_STORE");
  private final DatasetSchema schema;
  private final LabelledRows unseen;
  private final Map<String, AutoCloseable> models = new HashMap<>();

  ControlScene() throws IOException {
    if (stored()) {
      schema = card("image-examiner").schema();
      unseen = FashionRows.test(data).firstOfEachClass(ROWS_PER_CLASS);
    } else {
      schema = ShapeRows.schema();
      unseen = ShapeRows.of(7, 1000, ROWS_PER_CLASS);
    }
  }

  private boolean stored() {
    return data != null && store != null;
  }

  /** What is measured on, for the head of a table. */
  String name() {
    return stored() ? "Fashion-MNIST, models of the store" : "shapes, small models";
  }

  int classes() {
    return schema.classes().size();
  }

  LabelledRows unseen() {
    return unseen;
  }

  /** Where the {@code index}-th row of a class is among {@link #unseen}. */
  int row(int label, int index) {
    return rowsOf(label)[index];
  }

  LabelledRows ofClass(int label) {
    return unseen.select(rowsOf(label));
  }

  private int[] rowsOf(int label) {
    return IntStream.range(0, unseen.size()).filter(row -> unseen.labels()[row] == label).toArray();
  }

  synchronized DerivingSampler generator(String name) throws IOException {
    return (DerivingSampler) model(name);
  }

  synchronized Classifier judge() throws IOException {
    return (Classifier) model("image-judge");
  }

  synchronized Classifier examiner() throws IOException {
    return (Classifier) model("image-examiner");
  }

  private AutoCloseable model(String name) throws IOException {
    AutoCloseable model = models.get(name);
    if (model == null) {
      StoredModel found = inStore(name) ? load(name) : trained(name);
      model = ModelFamilies.get(found.card().definition().family()).open(found);
      models.put(name, model);
    }
    return model;
  }

  private boolean inStore(String name) {
    return stored() && !ModelStore.at(store).versions(name).isEmpty();
  }

  private Version newest(String name) {
    List<Version> versions = ModelStore.at(store).versions(name);
    return versions.get(versions.size() - 1);
  }

  private ModelCard card(String name) {
    return ModelStore.at(store).card(name, newest(name).digest());
  }

  private StoredModel load(String name) {
    return ModelStore.at(store).load(name, newest(name).digest());
  }

  private StoredModel trained(String name) throws IOException {
    ModelDefinition definition =
        DefinitionReader.read(Path.of("models", name + ".yaml"), SHORTER.get(name));
    TrainingRun run =
        new TrainingRun(
            name,
            definition,
            schema,
            stored() ? unseen : ShapeRows.of(7, 0, TRAIN_PER_CLASS),
            unseen,
            3,
            Checkpoints.none(),
            null);
    byte[] weights = ModelFamilies.get(definition.family()).fit(run).weights();
    return new StoredModel(
        new ModelCard(name, "", definition, schema, "", 3, "", 0, Map.of(), List.of()), weights);
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable model : models.values()) {
      model.close();
    }
  }
}
