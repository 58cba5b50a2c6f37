package dev.graft.model.external;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import java.util.List;

/**
 * The classes of a model file, which may be more than those of the data, and in another order.
 *
 * @param names in the file's order
 */
public record KnownClasses(List<String> names) {
  public KnownClasses {
    names = List.copyOf(names);
  }

  /**
   * @param schema without classes as long as nobody has read them
   * @throws GraftException (exit 2) when the data has a class that the file does not know
   */
  public void check(DatasetSchema schema) {
    for (String name : schema.classes()) {
      if (!names.contains(name)) {
        throw GraftException.usage(
            "the model file does not know the class \"%s\"; it knows %s, the data has %s",
            name, String.join(", ", names), String.join(", ", schema.classes()));
      }
    }
  }

  /** The file's number of each class of the data. */
  public int[] numbers(DatasetSchema schema) {
    check(schema);
    return schema.classes().stream().mapToInt(names::indexOf).toArray();
  }
}
