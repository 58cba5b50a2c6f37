package dev.graft.score;

import dev.graft.modality.text.PersonalDetails;

/** How many e-mail addresses, telephone, card and account numbers a text holds. */
final class PersonalData {
  private static final int MOST = 100;

  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.factory(
          new Scorer.ScorerInfo(
              "personal-data",
              false,
              0,
              MOST,
              "E-mail addresses, telephone numbers, payment cards and IBANs that the text holds."),
          references -> text -> Math.min(MOST, PersonalDetails.in(text).size()));

  private PersonalData() {}
}
