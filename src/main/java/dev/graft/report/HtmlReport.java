package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.EvidencePage;
import java.util.List;

/** The report of a run as one {@link Page}. */
public final class HtmlReport implements EvidencePage {
  private static final long serialVersionUID = 1L;
  private static final List<Section> SECTIONS =
      List.of(
          new GateSection(),
          new GallerySection(),
          new UtilitySection(),
          new QualitySection(),
          new ControlSection(),
          new MissedSection(),
          new BetweenSection(),
          new EnsembleSection(),
          new CopySection(),
          new SelectionSection(),
          new ScoreSection(),
          new TuningSection(),
          new TrainingSection(),
          new ProvenanceSection());

  @Override
  public String render(Evidence evidence) {
    Page page = new Page(Html.text(evidence.dataset()) + " · Graft report");
    for (Section section : SECTIONS) {
      section.body(evidence).ifPresent(body -> page.section(section.id(), section.title(), body));
    }
    return page.html(
        Masthead.html(evidence),
        "Made by Graft. Every synthetic row carries <code>_graft.is_synthetic</code>.");
  }
}
