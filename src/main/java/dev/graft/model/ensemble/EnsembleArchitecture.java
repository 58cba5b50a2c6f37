package dev.graft.model.ensemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The {@code architecture} section of a definition.
 *
 * @param weights where the weights come from
 * @param members at least two
 */
public record EnsembleArchitecture(Weights weights, List<Member> members) {
  private static final long SEEDS = 0x656e73L;
  private static final long SHARES = 0x7368617265L;

  public EnsembleArchitecture {
    weights = weights == null ? new Weights(Fit.GIVEN, 0) : weights;
    members = List.copyOf(members);
  }

  /** What weights make greatest. */
  public enum Fit {
    /** Nothing: the definition states them. */
    @JsonProperty("given")
    GIVEN,
    /** The share of tune rows that have a sample close by. */
    @JsonProperty("coverage")
    COVERAGE,
    /** The share of tune rows that a classifier made of samples gets right. */
    @JsonProperty("accuracy")
    ACCURACY
  }

  /**
   * Where the weights come from.
   *
   * @param fit what is made greatest
   * @param minWeight least weight of a member, of 1
   */
  public record Weights(Fit fit, double minWeight) {}

  /**
   * A generator of the ensemble.
   *
   * @param definition its whole definition
   * @param weight how often it is drawn from, against the other weights, where they are given
   * @param share of the train rows that it learns from, drawn by the seed
   * @param seed tells equal members apart; 0 trains as the definition alone would
   * @param loaded digest in the model store of one that is not trained; empty otherwise
   */
  public record Member(JsonNode definition, double weight, double share, long seed, String loaded) {
    public Member {
      loaded = loaded == null ? "" : loaded;
    }

    /** Its definition. */
    public ModelDefinition model() {
      return ModelDefinition.of(definition);
    }

    /** The seed of its training in an ensemble's. */
    public long seed(long ensemble) {
      return seed == 0 ? ensemble : CounterRandom.of(ensemble, SEEDS, seed).bits(0);
    }

    /** The rows that it learns from. */
    public LabelledRows rows(LabelledRows train, long ensemble) {
      if (share >= 1) {
        return train;
      }
      CounterRandom random = CounterRandom.of(seed(ensemble), SHARES);
      return train.select(
          IntStream.range(0, train.size()).filter(row -> random.uniform(row) < share).toArray());
    }
  }

  /** That of a definition, if it is one of an ensemble. */
  public static Optional<EnsembleArchitecture> find(ModelDefinition definition) {
    return definition.family().equals(EnsembleFamily.NAME)
        ? Optional.of(of(definition))
        : Optional.empty();
  }

  /**
   * @throws GraftException (exit 2) when the members do not go together
   */
  static EnsembleArchitecture of(ModelDefinition ensemble) {
    EnsembleArchitecture architecture =
        Json.mapper().convertValue(ensemble.architecture(), EnsembleArchitecture.class);
    List<Member> members = architecture.members();
    for (Member member : members) {
      ModelDefinition model = member.model();
      if (!model.compute().agreesWith(ensemble.compute())) {
        throw GraftException.usage(
            "member %s has %s, the ensemble %s; one process draws from all, so they must agree",
            model.name(), model.compute(), ensemble.compute());
      }
    }
    if (members.stream().noneMatch(member -> member.weight() > 0)) {
      throw GraftException.usage("no member of the ensemble has a weight above 0");
    }
    if (architecture.weights().minWeight() * members.size() > 1) {
      throw GraftException.usage(
          "architecture.weights.min-weight is %s, which %d members cannot all have; at most %s",
          architecture.weights().minWeight(), members.size(), 1.0 / members.size());
    }
    return architecture;
  }

  /** The weights that the members state. */
  public double[] given() {
    return members.stream().mapToDouble(Member::weight).toArray();
  }
}
