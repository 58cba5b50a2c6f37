package dev.graft.report;

import dev.graft.evaluate.TestReads.Reads;
import dev.graft.evaluate.study.Ratios;
import dev.graft.evaluate.study.SizeFigures;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.evaluate.study.StudyPage;
import dev.graft.evaluate.study.Verdict;
import java.util.List;
import java.util.stream.Collectors;

/** The page of a study: per size a verdict, curves and all arms; then how it was measured. */
public final class StudyReport implements StudyPage {
  private static final long serialVersionUID = 1L;

  @Override
  public String render(StudyFigures figures) {
    Page page = new Page(Html.text(figures.name()) + " · Graft study");
    for (SizeFigures size : figures.sizes()) {
      page.section(
          "size-" + size.size(),
          Html.count(size.size()) + " rows a class",
          new StudySizeSection(figures, size).html());
    }
    page.section("protocol", "How it was measured", protocol(figures));
    return page.html(
        masthead(figures), "Made by Graft. The same figures are in <code>study.json</code>.");
  }

  private static String masthead(StudyFigures figures) {
    StringBuilder out = new StringBuilder("<header><p class=\"kicker\">Graft study</p><h1>");
    out.append(Html.text(figures.name())).append("</h1><p class=\"lead\">What rows of <code>");
    out.append(Html.text(figures.generator())).append("</code> add to a classifier, <code>");
    out.append(Html.text(figures.learner())).append("</code>, when so many real rows of each of ");
    out.append(figures.classes().size()).append(" classes are all there is. ");
    out.append(figures.study().seeds()).append(" seeds, each with a generator of its own; ratios ");
    out.append(
        figures.study().ratios().stream().map(Ratios::text).collect(Collectors.joining(", ")));
    out.append(" of synthetic to real rows.</p><dl class=\"tiles\">");
    for (SizeFigures size : figures.sizes()) {
      tile(out, size);
    }
    return out.append("</dl></header>").toString();
  }

  private static void tile(StringBuilder out, SizeFigures size) {
    out.append("<div><dt>").append(Html.count(size.size())).append(" rows a class</dt><dd><b>");
    Verdict verdict = size.verdict();
    if (verdict == null) {
      out.append("–</b><small>no verdict</small></dd></div>");
      return;
    }
    boolean adds = verdict.recommendedRatio() > 0;
    out.append(adds ? "add " + Ratios.text(verdict.recommendedRatio()) : "add none");
    out.append("</b><small>");
    out.append(
        verdict.beats()
            ? "<span class=\"pass\">beats real rows and classical augmentation</span>"
            : "not shown to beat real rows and classical augmentation");
    out.append("</small></dd></div>");
  }

  private static String protocol(StudyFigures figures) {
    StringBuilder out = new StringBuilder("<ul class=\"protocol\">");
    figures
        .protocol()
        .forEach(sentence -> out.append("<li>").append(Html.text(sentence)).append("</li>"));
    out.append("</ul><dl class=\"facts\">");
    fact(out, "Learner", figures.learner() + " " + figures.learnerDigest().substring(0, 16));
    fact(out, "Test rows read", reads(figures.test()));
    figures.versions().forEach((name, version) -> fact(out, name, version));
    return out.append("</dl>").toString();
  }

  private static String reads(List<Reads> test) {
    if (test.isEmpty()) {
      return "never";
    }
    long most = test.stream().mapToLong(Reads::reads).max().orElse(0);
    return test.size() == 1
        ? Html.count(test.get(0).rows())
            + " rows, by "
            + Html.count(most)
            + " trainings and evaluations so far"
        : Html.count(test.size())
            + " parts of other draws, each by at most "
            + Html.count(most)
            + " trainings and evaluations so far";
  }

  private static void fact(StringBuilder out, String name, String value) {
    out.append("<div><dt>").append(Html.text(name)).append("</dt><dd>");
    out.append(Html.text(value)).append("</dd></div>");
  }
}
