package dev.graft.model.ensemble;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.ensemble.EnsembleArchitecture.Member;
import dev.graft.model.nn.Safetensors;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which member of an ensemble draws a sample. Seed, condition and block of {@value #BLOCK} samples
 * decide, so a sample is the same whatever it is drawn with, and a member's calls stay full.
 *
 * @param members their names, in order; equal ones are told apart by their number
 * @param weights how often each is drawn from, against the others
 */
public record Mixture(List<String> members, float[] weights) {
  /** Samples in a row from one member. */
  public static final int BLOCK = 32;

  private static final long MEMBER_CHOICE = 0x626c6f636bL;

  public Mixture {
    members = List.copyOf(members);
  }

  /** That of a stored model, if it is an ensemble. */
  public static Optional<Mixture> of(StoredModel model) {
    return EnsembleArchitecture.find(model.card().definition())
        .map(architecture -> of(architecture, Safetensors.decode(model.weights())));
  }

  static Mixture of(EnsembleArchitecture architecture, Safetensors file) {
    List<String> names =
        architecture.members().stream().map(Member::model).map(ModelDefinition::name).toList();
    return new Mixture(
        IntStream.range(0, names.size())
            .mapToObj(
                member ->
                    Collections.frequency(names, names.get(member)) == 1
                        ? names.get(member)
                        : names.get(member) + " (member " + (member + 1) + ")")
            .toList(),
        file.tensors().get(EnsembleFamily.WEIGHTS).values());
  }

  /** Position of the member that draws sample {@code index} of a condition. */
  public int memberOf(Condition condition, long seed, long index) {
    long block = Math.floorDiv(index, (long) BLOCK);
    double place =
        CounterRandom.of(seed, MEMBER_CHOICE, condition.label(), block).uniform(0) * total();
    int member = 0;
    double until = weights[0];
    while (place >= until) {
      until += weights[++member];
    }
    return member;
  }

  /** Weight of a member as a share of 1. */
  public double share(int member) {
    return weights[member] / total();
  }

  private double total() {
    double total = 0;
    for (float weight : weights) {
      total += weight;
    }
    return total;
  }
}
