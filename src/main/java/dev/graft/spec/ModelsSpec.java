package dev.graft.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/**
 * The three models of a run, and how long dated runs keep them.
 *
 * @param generator draws the candidates
 * @param judge scores them; trained on real data only
 * @param examiner measures the result; trained on real data only, never seen by selection
 * @param retrain when a dated run trains them anew
 */
public record ModelsSpec(
    ModelRef generator, ModelRef judge, ModelRef examiner, RetrainPolicy retrain)
    implements Serializable {

  /** Models that follow the data. */
  public ModelsSpec(ModelRef generator, ModelRef judge, ModelRef examiner) {
    this(generator, judge, examiner, RetrainPolicy.CHANGED);
  }

  /** Where a model comes from. */
  public sealed interface ModelRef extends Serializable {}

  /**
   * Train by a definition.
   *
   * @param file the definition's path, for messages
   * @param definition its validated content
   * @param base whose weights training starts from; null: from random ones
   * @param tune how settings are chosen before; null: the definition's own are taken
   */
  public record Define(
      @JsonIgnore String file,
      JsonNode definition,
      @JsonInclude(JsonInclude.Include.NON_NULL) Load base,
      @JsonInclude(JsonInclude.Include.NON_NULL) TuneSpec tune)
      implements ModelRef {

    /** From random weights. */
    public Define(String file, JsonNode definition) {
      this(file, definition, null, null);
    }

    /** From those of a stored model. */
    public Define(String file, JsonNode definition, Load base) {
      this(file, definition, base, null);
    }
  }

  /**
   * Load from the store.
   *
   * @param name name in the model store
   * @param version as written: {@code 3}, or a digest
   * @param digest the content digest that the version was pinned to at launch
   */
  public record Load(String name, String version, String digest) implements ModelRef {}
}
