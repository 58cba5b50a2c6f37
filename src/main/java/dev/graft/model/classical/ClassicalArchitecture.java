package dev.graft.model.classical;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.image.operation.Operation;
import dev.graft.modality.image.operation.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param choose operations of an image; 0 for all
 * @param magnitude factor on all amounts
 * @param operations in the order in which they are applied
 */
record ClassicalArchitecture(int choose, double magnitude, List<Step> operations) {
  /**
   * @param op name of an {@link Operation}
   * @param amount how much
   * @param probability of being applied
   * @param except names of classes that it would change into another
   */
  record Step(String op, double amount, double probability, List<String> except) {}

  static ClassicalArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, ClassicalArchitecture.class);
  }

  /**
   * As a policy for data of these classes.
   *
   * @param classes names by id; empty as long as nobody has read them
   * @throws GraftException (exit 2) when the section does not fit itself or the data
   */
  Policy policy(List<String> classes) {
    if (choose > operations.size()) {
      throw GraftException.usage(
          "architecture.choose is %d, of %d operations; allowed: 0 to %d",
          choose, operations.size(), operations.size());
    }
    return new Policy(
        choose, magnitude, operations.stream().map(step -> step(step, classes)).toList());
  }

  private static Policy.Step step(Step step, List<String> classes) {
    Operation operation = Operation.of(step.op());
    if (step.amount() > operation.most()) {
      throw GraftException.usage(
          "operation %s has the amount %s; allowed: 0 to %s",
          step.op(), step.amount(), operation.most());
    }
    List<Integer> except = new ArrayList<>();
    for (String name : step.except()) {
      int label = classes.indexOf(name);
      if (label < 0 && !classes.isEmpty()) {
        throw GraftException.usage(
            "operation %s leaves out the class \"%s\"; the data has %s",
            step.op(), name, String.join(", ", classes));
      }
      except.add(label);
    }
    return new Policy.Step(operation, step.amount(), step.probability(), except);
  }
}
