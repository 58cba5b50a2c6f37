package dev.graft.spec;

import java.io.Serializable;
import java.util.Locale;

/**
 * How samples come about where they are not drawn from the model alone. Every sample is still a
 * function of its index, and of the real train rows that the index names.
 */
public sealed interface GenerationMode extends Serializable {
  /** What a model family has to be able to do for a mode. */
  enum Kind {
    VARY,
    INTERPOLATE,
    MIX_CLASSES;

    /** As specs write it: {@code mix-classes}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Which of them this is. */
  Kind kind();

  /** Whether samples derive from real train rows. */
  default boolean readsRows() {
    return true;
  }

  /**
   * Variations of real train rows: each row of a class has its turn before any has a second.
   *
   * @param strength how far from the row, above 0, to 1 for a sample that keeps nothing of it
   */
  record VaryReal(double strength) implements GenerationMode {
    @Override
    public Kind kind() {
      return Kind.VARY;
    }
  }

  /** What the two ends of a path are. */
  enum Between {
    /** Rows of one class; the place on the path is anywhere between them. */
    ROWS,
    /** Rows of two classes; the place is in the half that is nearer to the sample's own class. */
    CLASSES
  }

  /** What is told of the class of a sample between two classes. */
  enum Labels {
    /** The nearer class alone. */
    HARD,
    /** The nearer class as the label, and the shares of both in the condition. */
    MIXED
  }

  /** Samples on paths between two real train rows. */
  record Interpolate(Between between, Labels labels) implements GenerationMode {
    @Override
    public Kind kind() {
      return Kind.INTERPOLATE;
    }
  }

  /**
   * Samples that are asked to be of two classes at once; no real row is looked at.
   *
   * @param share largest share of the other class, above 0, to 0.5
   */
  record MixClasses(double share, Labels labels) implements GenerationMode {
    @Override
    public Kind kind() {
      return Kind.MIX_CLASSES;
    }

    @Override
    public boolean readsRows() {
      return false;
    }
  }
}
