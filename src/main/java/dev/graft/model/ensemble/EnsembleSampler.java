package dev.graft.model.ensemble;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Derivation;
import dev.graft.model.DerivingSampler;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.nn.Safetensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Draws each sample from the member that {@link Mixture} says. */
final class EnsembleSampler implements DerivingSampler {
  private final List<Sampler> members;
  private final Mixture mixture;
  private final int rowSize;
  private final int batch;

  private EnsembleSampler(List<Sampler> members, Mixture mixture, int rowSize, int batch) {
    this.members = List.copyOf(members);
    this.mixture = mixture;
    this.rowSize = rowSize;
    this.batch = batch;
  }

  static EnsembleSampler open(StoredModel model) throws IOException {
    ModelCard card = model.card();
    Safetensors file = Safetensors.decode(model.weights());
    List<Sampler> members = new ArrayList<>();
    int i = 0;
    EnsembleArchitecture architecture = EnsembleArchitecture.of(card.definition());
    for (EnsembleArchitecture.Member member : architecture.members()) {
      ModelDefinition definition = member.model();
      ModelCard own =
          new ModelCard(
              definition.name(),
              "",
              definition,
              card.schema(),
              card.dataDigest(),
              card.seed(),
              "",
              card.bestStep(),
              card.figures(),
              List.of());
      byte[] weights = file.bytes().get(EnsembleFamily.MEMBER + i).values();
      try {
        members.add(
            (Sampler) ModelFamilies.get(definition.family()).open(new StoredModel(own, weights)));
      } catch (IOException | RuntimeException e) {
        members.forEach(Sampler::close);
        throw e;
      }
      i++;
    }
    int batch = members.stream().mapToInt(Sampler::batch).min().orElseThrow();
    return new EnsembleSampler(
        members,
        Mixture.of(architecture, file),
        card.schema().rowSize(),
        Math.min(batch, card.definition().compute().batch()));
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public byte[] sample(
      Condition condition, long seed, long firstIndex, int count, Controls controls) {
    if (count < 0 || count > batch) {
      throw new IllegalArgumentException(count + " samples asked for; allowed: 0 to " + batch);
    }
    byte[] drawn = new byte[count * rowSize];
    int offset = 0;
    while (offset < count) {
      long first = firstIndex + offset;
      int rows =
          (int)
              Math.min(count - offset, Mixture.BLOCK - Math.floorMod(first, (long) Mixture.BLOCK));
      Sampler member = members.get(mixture.memberOf(condition, seed, first));
      byte[] part = member.sample(condition, seed, first, rows, controls);
      System.arraycopy(part, 0, drawn, offset * rowSize, part.length);
      offset += rows;
    }
    return drawn;
  }

  @Override
  public byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls) {
    ByteArrayOutputStream made = new ByteArrayOutputStream(indices.length * rowSize);
    int end;
    for (int first = 0; first < indices.length; first = end) {
      int member = mixture.memberOf(condition, seed, indices[first]);
      end = first + 1;
      while (end < indices.length && mixture.memberOf(condition, seed, indices[end]) == member) {
        end++;
      }
      if (!(members.get(member) instanceof DerivingSampler deriving)) {
        throw GraftException.usage(
            "member %s of the ensemble draws from the model alone", mixture.members().get(member));
      }
      made.writeBytes(
          deriving.derive(
              condition,
              derivation.slice(first, end),
              seed,
              Arrays.copyOfRange(indices, first, end),
              controls));
    }
    return made.toByteArray();
  }

  @Override
  public void close() {
    members.forEach(Sampler::close);
  }
}
