package dev.graft.score;

import dev.graft.data.GraftException;
import java.util.List;

/** The registered scorers. */
public final class Scorers {
  private static final List<ScorerFactory> ALL =
      List.of(
          LabelAgreement.FACTORY,
          Realism.FACTORY,
          Novelty.FACTORY,
          NearDuplicate.FACTORY,
          CopiedSpan.FACTORY,
          PersonalData.FACTORY,
          Repetition.FACTORY,
          WellFormed.FACTORY,
          SpanAgreement.FACTORY,
          Fluency.FACTORY,
          Language.FACTORY,
          BlockList.FACTORY);

  private Scorers() {}

  public static List<ScorerFactory> all() {
    return ALL;
  }

  /** The factory of the scorer of this name. */
  public static ScorerFactory get(String name) {
    return ALL.stream()
        .filter(factory -> factory.info().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown scorer \"%s\"; known: %s",
                    name, String.join(", ", ALL.stream().map(f -> f.info().name()).toList())));
  }
}
