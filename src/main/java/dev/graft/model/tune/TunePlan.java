package dev.graft.model.tune;

import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.TuneFigure;
import dev.graft.spec.TuneSpec;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What a tuning tries, as its spec and the definition say.
 *
 * @param figure trials are compared by
 * @param halving how long each is trained
 */
public record TunePlan(TuneFigure figure, Halving halving) {

  /** Of a spec that has passed {@link #check}. */
  public static TunePlan of(ModelDefinition definition, TuneSpec spec) {
    TuneFigure figure =
        ModelFamilies.get(definition.family()).tuneFigures().stream()
            .filter(each -> each.name().equals(spec.by()))
            .findFirst()
            .orElseThrow();
    return new TunePlan(
        figure,
        Halving.of(
            spec.trials(),
            spec.steps(),
            spec.eta(),
            definition.training().get("eval-every").longValue()));
  }

  /**
   * Checks a tuning before anything runs.
   *
   * @param file of the definition, for messages
   * @param space where it looks
   * @param spec as read; an empty {@code by} stands for the family's own figure
   * @return the spec with that figure
   * @throws GraftException (exit 2) with the reason
   */
  public static TuneSpec check(
      ModelDefinition definition, String file, SearchSpace space, TuneSpec spec) {
    TuneFigure figure = figure(definition, file, spec.by());
    for (String key : space.ranges().keySet()) {
      if (figure.changedBy().contains(key)) {
        throw GraftException.usage(
            "%s: the range of %s changes what %s means, so trials cannot be compared by it; leave"
                + " the range out, or set tune.by to another figure: %s",
            file, key, figure.name(), names(ModelFamilies.get(definition.family())));
      }
    }
    long steps = definition.training().get("steps").longValue();
    if (spec.steps() > steps) {
      throw GraftException.usage(
          "tune.steps is %d, more than the %d that %s trains for; trials are shorter than the"
              + " training they stand for",
          spec.steps(), steps, file);
    }
    OptionalLong count = space.count();
    if (count.isPresent() && spec.trials() > count.getAsLong()) {
      throw GraftException.usage(
          "tune.trials is %d, but the ranges in %s hold %d settings; ask for fewer trials or widen"
              + " them",
          spec.trials(), file, count.getAsLong());
    }
    TuneSpec whole =
        new TuneSpec(spec.trials(), spec.steps(), spec.eta(), figure.name(), spec.ranges());
    of(definition, whole);
    return whole;
  }

  /**
   * Whether models of the definition's family are tuned at all.
   *
   * @throws GraftException (exit 2) where they are not
   */
  public static void checkFamily(ModelDefinition definition, String file) {
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    if (family.tuneFigures().isEmpty()) {
      throw GraftException.usage(
          "%s is of the family %s, which is not tuned; families that are: %s",
          file,
          family.name(),
          ModelFamilies.all().stream()
              .filter(each -> !each.tuneFigures().isEmpty())
              .map(ModelFamily::name)
              .collect(Collectors.joining(", ")));
    }
  }

  private static TuneFigure figure(ModelDefinition definition, String file, String by) {
    checkFamily(definition, file);
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    boolean unwatched =
        definition.training().at("/watch/on-alarm").asText().equals("none")
            && (by.equals(TuneFigure.COVERAGE.name()) || by.equals(TuneFigure.BINS.name()));
    if (unwatched) {
      throw GraftException.usage(
          "tune.by is %s, but %s is not watched; set training.watch.on-alarm to restart or end",
          by, file);
    }
    return family.tuneFigures().stream()
        .filter(each -> by.isEmpty() || each.name().equals(by))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "tune.by is \"%s\"; the family %s has %s", by, family.name(), names(family)));
  }

  private static String names(ModelFamily<?> family) {
    return family.tuneFigures().stream().map(TuneFigure::name).collect(Collectors.joining(", "));
  }
}
