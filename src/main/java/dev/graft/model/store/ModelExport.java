package dev.graft.model.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.ScriptedSampler;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.ScriptedGenerator;
import dev.graft.model.nn.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model of the store in files that need no Graft. The same model gives the same bytes.
 *
 * <ul>
 *   <li>{@value #WEIGHTS}: the weights that samples are drawn with, by name
 *   <li>{@value #MODULE}: {@link ScriptedGenerator} for {@code torch.jit.load}
 *   <li>{@value #SAMPLES}: {@code noise}, {@code labels} (as floats) and {@code images} in [0, 1]
 *       that Graft draws, the classes in turn
 *   <li>{@value #DEFINITION}: the module as a definition of family {@code external}, unless the
 *       model has no classes
 * </ul>
 */
public final class ModelExport {
  public static final String WEIGHTS = "model.safetensors";
  public static final String MODULE = "model.pt";
  public static final String SAMPLES = "samples.safetensors";
  public static final String DEFINITION = "external.yaml";

  private static final long SEED = 0;

  private final StoredModel model;
  private final ModelCard card;
  private final ModelFamily<?> family;

  public ModelExport(StoredModel model) {
    this.model = model;
    this.card = model.card();
    this.family = ModelFamilies.get(card.definition().family());
  }

  /** Writes the weights alone; those of a family without TorchScript are all that is stored. */
  public void writeWeights(String folder) throws IOException {
    if (!family.scripted()) {
      Storage.write(Storage.resolve(folder, WEIGHTS), model.weights());
      return;
    }
    try (ScriptedSampler sampler = (ScriptedSampler) family.open(model)) {
      writeWeights(folder, sampler.script());
    }
  }

  private static void writeWeights(String folder, ScriptedGenerator generator) {
    Storage.write(
        Storage.resolve(folder, WEIGHTS), Safetensors.of(generator.weights(), Map.of()).encode());
  }

  /**
   * Writes all files.
   *
   * @param samples how many to draw
   * @throws GraftException (exit 2) when there is no TorchScript of this family
   */
  public void write(String folder, int samples) throws IOException {
    if (!family.scripted()) {
      throw GraftException.usage(
          "%s is of family %s, which cannot leave as TorchScript; these can: %s; --weights-only"
              + " writes the weights of any family",
          card.name(), family.name(), String.join(", ", scriptedFamilies()));
    }
    try (ScriptedSampler sampler = (ScriptedSampler) family.open(model)) {
      ScriptedGenerator generator = sampler.script();
      byte[] module = generator.archive();
      writeWeights(folder, generator);
      Storage.write(Storage.resolve(folder, MODULE), module);
      Storage.write(Storage.resolve(folder, SAMPLES), samples(sampler, generator, samples));
      if (!card.schema().classes().isEmpty()) {
        Storage.writeText(Storage.resolve(folder, DEFINITION), definition(generator, module));
      }
    }
  }

  private static List<String> scriptedFamilies() {
    return ModelFamilies.all().stream()
        .filter(ModelFamily::scripted)
        .map(ModelFamily::name)
        .toList();
  }

  /** Sample i is the first of class i, and after the last class the next of the first. */
  private byte[] samples(ScriptedSampler sampler, ScriptedGenerator generator, int count) {
    ImageShape shape = ImageShape.of(card.schema());
    int classes = OneHot.length(card.schema());
    int length = generator.noise().stream().reduce(1, Math::multiplyExact);
    float[] noise = new float[count * length];
    float[] labels = new float[count];
    float[] images = new float[count * shape.rowSize()];
    for (int i = 0; i < count; i++) {
      Condition condition = Condition.ofLabel(i % classes);
      long index = i / classes;
      labels[i] = i % classes;
      System.arraycopy(sampler.noise(condition, SEED, index, 1), 0, noise, i * length, length);
      System.arraycopy(
          sampler.images(condition, SEED, index, 1),
          0,
          images,
          i * shape.rowSize(),
          shape.rowSize());
    }
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put("noise", new Tensor(shape(count, generator.noise()), noise));
    tensors.put("labels", Tensor.of(labels, count));
    tensors.put(
        "images", Tensor.of(images, count, shape.channels(), shape.height(), shape.width()));
    return Safetensors.of(tensors, Map.of()).encode();
  }

  private static long[] shape(int count, List<Integer> one) {
    long[] shape = new long[one.size() + 1];
    shape[0] = count;
    for (int i = 0; i < one.size(); i++) {
      shape[i + 1] = one.get(i);
    }
    return shape;
  }

  private String definition(ScriptedGenerator generator, byte[] module) {
    ImageShape shape = ImageShape.of(card.schema());
    ObjectNode tree = Json.mapper().createObjectNode();
    tree.put("family", "external");
    ObjectNode architecture = tree.putObject("architecture");
    architecture
        .putObject("file")
        .put("path", MODULE)
        .put("sha256", Hashing.sha256().hashBytes(module).toString());
    architecture.putObject("noise").set("shape", Json.tree(generator.noise()));
    architecture
        .putObject("label")
        .put("as", "index")
        .set("classes", Json.tree(card.schema().classes()));
    architecture
        .putObject("image")
        .put("channels", shape.channels())
        .put("height", shape.height())
        .put("width", shape.width())
        .set("range", Json.tree(List.of(0, 1)));
    tree.set("compute", Json.tree(card.definition().compute()));
    try {
      return YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build()
          .writeValueAsString(tree);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
