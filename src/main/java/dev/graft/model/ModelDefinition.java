package dev.graft.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;
import java.io.Serializable;

/**
 * A model as declared in {@code models/*.yaml}: validated against its family's schema, defaults
 * filled in.
 *
 * @param name short name, also its name in the store
 * @param family registered family, such as {@code vae} or {@code classifier}
 * @param architecture the family's own section
 * @param training the family's own section: steps, batch, learning rate, ...
 * @param compute what identifies the arithmetic
 */
public record ModelDefinition(
    String name, String family, JsonNode architecture, JsonNode training, Compute compute)
    implements Serializable {
  /**
   * Threads, batch shape and instruction set change the last bits of a result, so they are part of
   * a model.
   *
   * @param threads libtorch threads of one operation
   * @param batch rows of one inference call; smaller batches are padded to it
   * @param capability {@code ATEN_CPU_CAPABILITY}: {@code default}, {@code avx2}
   */
  public record Compute(int threads, int batch, String capability) implements Serializable {

    /** Whether one process can run both: threads and instruction set are the process's. */
    public boolean agreesWith(Compute other) {
      return threads == other.threads && capability.equals(other.capability);
    }

    @Override
    public String toString() {
      return "compute.threads " + threads + " and compute.capability " + capability;
    }
  }

  /** Reads the validated tree of a definition file. */
  public static ModelDefinition of(JsonNode tree) {
    return Json.mapper().convertValue(tree, ModelDefinition.class);
  }

  /** SHA-256 of everything above but the name, and the place of a file that has a checksum. */
  public String digest() {
    JsonNode content = Json.mapper().createObjectNode().set("of", architecture).deepCopy();
    for (JsonNode holder : content.findParents("sha256")) {
      ((ObjectNode) holder).remove("path");
    }
    return Json.digest(new ModelDefinition("", family, content.get("of"), training, compute));
  }
}
