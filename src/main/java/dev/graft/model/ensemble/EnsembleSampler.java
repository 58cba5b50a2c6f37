package dev.graft.model.ensemble;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws each block of {@value #BLOCK} samples of a condition from one member, which seed, condition
 * and block decide: so a sample is the same whatever it is drawn with, and a member's calls stay
 * full.
 */
final class EnsembleSampler implements Sampler {
  /** Samples in a row from one member. */
  static final int BLOCK = 32;

  private static final long MEMBER_CHOICE = 0x626c6f636bL;

  private final List<Sampler> members;
  private final double[] until;
  private final int rowSize;
  private final int batch;

  private EnsembleSampler(List<Sampler> members, float[] weights, int rowSize, int batch) {
    this.members = List.copyOf(members);
    this.rowSize = rowSize;
    this.batch = batch;
    this.until = new double[weights.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      until[i] = sum;
    }
  }

  static EnsembleSampler open(StoredModel model) throws IOException {
    ModelCard card = model.card();
    Safetensors file = Safetensors.decode(model.weights());
    List<Sampler> members = new ArrayList<>();
    int i = 0;
    for (EnsembleArchitecture.Member member :
        EnsembleArchitecture.of(card.definition()).members()) {
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
      members.add(
          (Sampler) ModelFamilies.get(definition.family()).open(new StoredModel(own, weights)));
      i++;
    }
    int batch = members.stream().mapToInt(Sampler::batch).min().orElseThrow();
    return new EnsembleSampler(
        members,
        file.tensors().get(EnsembleFamily.WEIGHTS).values(),
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
      int rows = (int) Math.min(count - offset, BLOCK - Math.floorMod(first, (long) BLOCK));
      Sampler member = member(condition, seed, Math.floorDiv(first, (long) BLOCK));
      byte[] part = member.sample(condition, seed, first, rows, controls);
      System.arraycopy(part, 0, drawn, offset * rowSize, part.length);
      offset += rows;
    }
    return drawn;
  }

  private Sampler member(Condition condition, long seed, long block) {
    double place =
        CounterRandom.of(seed, MEMBER_CHOICE, condition.label(), block).uniform(0)
            * until[until.length - 1];
    int member = 0;
    while (place >= until[member]) {
      member++;
    }
    return members.get(member);
  }

  @Override
  public void close() {
    members.forEach(Sampler::close);
  }
}
