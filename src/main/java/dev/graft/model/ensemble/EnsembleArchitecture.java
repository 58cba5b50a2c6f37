package dev.graft.model.ensemble;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param members at least two
 */
record EnsembleArchitecture(List<Member> members) {
  EnsembleArchitecture {
    members = List.copyOf(members);
  }

  /**
   * A generator of the ensemble.
   *
   * @param definition its whole definition
   * @param weight how often it is drawn from, against the other weights
   * @param share of the train rows of each class that it learns from, drawn by the seed
   */
  record Member(JsonNode definition, double weight, double share) {
    ModelDefinition model() {
      return ModelDefinition.of(definition);
    }
  }

  /**
   * @throws GraftException (exit 2) when the members do not go together
   */
  static EnsembleArchitecture of(ModelDefinition ensemble) {
    EnsembleArchitecture architecture =
        Json.mapper().convertValue(ensemble.architecture(), EnsembleArchitecture.class);
    for (Member member : architecture.members()) {
      ModelDefinition model = member.model();
      if (!model.compute().agreesWith(ensemble.compute())) {
        throw GraftException.usage(
            "member %s has %s, the ensemble %s; one process draws from all, so they must agree",
            model.name(), model.compute(), ensemble.compute());
      }
    }
    if (architecture.members().stream().noneMatch(member -> member.weight() > 0)) {
      throw GraftException.usage("no member of the ensemble has a weight above 0");
    }
    return architecture;
  }
}
