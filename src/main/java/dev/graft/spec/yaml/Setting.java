package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One {@code --set a.b[0].c=value}. The value is YAML; keys that are not there are made, list items
 * must be there already.
 */
final class Setting {
  private final String argument;
  private final Position position;
  private final Variables variables;
  private final Problems problems;

  private Setting(String argument, Variables variables, Problems problems) {
    this.argument = argument;
    this.position = new Position("--set " + argument, 0, 0);
    this.variables = variables;
    this.problems = problems;
  }

  /** Applies all {@code arguments}, in order, to a document whose root is a mapping. */
  static void applyAll(
      Document document, List<String> arguments, Variables variables, Problems problems) {
    for (String argument : arguments) {
      new Setting(argument, variables, problems).apply(document);
    }
  }

  private void apply(Document document) {
    int equals = argument.indexOf('=');
    if (equals <= 0) {
      problems.add(position, "expected key=value, such as --set augment.rounds=2");
      return;
    }
    JsonNode value =
        YamlParser.parse(position.source(), argument.substring(equals + 1), variables, problems)
            .tree();
    String path = argument.substring(0, equals).replaceAll("\\[(\\d+)]", ".$1");
    String[] keys = path.split("\\.", -1);
    JsonNode place = document.tree();
    String pointer = "";
    for (int i = 0; i < keys.length; i++) {
      pointer = Positions.child(pointer, keys[i]);
      boolean last = i == keys.length - 1;
      if (keys[i].isEmpty()) {
        problems.add(position, "the key \"%s\" has an empty part", argument.substring(0, equals));
        return;
      }
      if (place instanceof ArrayNode array) {
        int index = keys[i].matches("\\d{1,6}") ? Integer.parseInt(keys[i]) : -1;
        if (index < 0 || index >= array.size()) {
          problems.add(
              position,
              "%s is a list of %d; write an index from 0 to %d instead of \"%s\"",
              Positions.dotted(Positions.parent(pointer)),
              array.size(),
              array.size() - 1,
              keys[i]);
          return;
        }
        if (last) {
          array.set(index, value);
        }
        place = array.get(index);
      } else {
        ObjectNode object = (ObjectNode) place;
        if (last) {
          object.set(keys[i], value);
        } else if (!object.path(keys[i]).isContainerNode()) {
          object.putObject(keys[i]);
        }
        place = object.get(keys[i]);
      }
      if (last) {
        document.positions().replace(pointer, position);
      }
    }
  }
}
