package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.TestReads.Reads;
import dev.graft.evaluate.study.CompareArms;
import dev.graft.evaluate.study.SizeFigures;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.evaluate.study.StudyTask;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Choice;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.MixingRatio;
import dev.graft.spec.StudySpec;
import java.io.StringReader;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class StudyReportTest {
  private static final List<Double> RATIOS = List.of(0.5, 1.0, 2.0, 5.0, 10.0);
  private static final StudySpec STUDY =
      new StudySpec(
          List.of(50, 1000),
          RATIOS,
          5,
          Stream.of(Arm.REAL, Arm.CLASSICAL, Arm.GENERATED, Arm.BOTH).map(Arm::key).toList(),
          new Choose(List.of(400), List.of()));

  /** Synthetic rows help at 50 rows a class and harm at 1,000. */
  private static SizeFigures size(int size, boolean missing) {
    Map<StudyTask, ArmRun> results = new LinkedHashMap<>();
    for (String arm : STUDY.arms()) {
      boolean mixes = Arm.of(arm).mixes();
      for (Double ratio : mixes ? RATIOS : Arrays.asList((Double) null)) {
        for (int seed = 0; seed < STUDY.seeds(); seed++) {
          double base = 0.7 + 0.003 * seed + (Arm.of(arm).usesClassical() ? 0.02 : 0);
          double gain = mixes ? 0.02 - 0.001 * Math.abs(ratio - 2) : 0;
          double noise = mixes ? 0.002 * ((seed * 7 + ratio.intValue()) % 3 - 1) : 0;
          double accuracy = base + (size == 50 ? gain : -gain) + noise;
          Trial chosen = new Trial(400, mixes ? MixingRatio.EVEN : null, accuracy);
          boolean gone = missing && mixes;
          results.put(
              new StudyTask(size, seed, arm, ratio, "key", Map.of()),
              new ArmRun(
                  arm,
                  0,
                  ArmRun.TRAINED,
                  400,
                  mixes ? (int) (400 * ratio) : 0,
                  400,
                  gone ? null : accuracy,
                  gone ? List.of() : Arrays.asList(accuracy, null),
                  gone ? null : new Choice(chosen, List.of(chosen)),
                  gone ? "selection accepted no <rows>" : null));
        }
      }
    }
    return new CompareArms(STUDY).at(size, results);
  }

  private static String page(SizeFigures... sizes) {
    return new StudyReport()
        .render(
            new StudyFigures(
                "shapes & <more>",
                STUDY,
                List.of("a <b>", "c"),
                "image-learner",
                "d".repeat(64),
                "image-vae",
                List.of("A size is all there is."),
                Map.of("graft", "0.1"),
                List.of(sizes),
                List.of(new Reads("e".repeat(64), 10_000, 60))));
  }

  private static Document parsed(String page) throws Exception {
    String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(body)));
  }

  @Test
  void everySizeHasItsVerdictItsCurvesAndAllArms() throws Exception {
    String page = page(size(50, false), size(1000, false));
    assertThat(page)
        .contains("<h2>50 rows a class</h2>")
        .contains("both at 2x beats classical by 2.0 points [")
        .contains("Recommended ratio, by tune rows alone: <strong>2x</strong>, in the arm both.")
        .contains("add 2x")
        .contains("beats real rows and classical augmentation")
        .contains("<h2>1,000 rows a class</h2>")
        .contains("does not beat classical: \u2212")
        .contains("<strong>none</strong>, for classical does best.")
        .contains("add none")
        .contains("10,000 rows, by 60 trainings")
        .doesNotContain("NaN")
        .doesNotContain("null")
        .doesNotContain("http");
    Document document = parsed(page);
    var charts = document.getElementsByTagName("svg");
    assertThat(charts.getLength()).as("over real and over classical, for each size").isEqualTo(4);
    for (int i = 0; i < charts.getLength(); i++) {
      assertThat(charts.item(i).getFirstChild().getTextContent())
          .startsWith("Gain over ")
          .endsWith("ratio of synthetic to real rows");
    }
    assertThat(page.split("class=\"chosen\"", -1))
        .as("the chosen ratio is ringed once in each chart")
        .hasSize(5);
    assertThat(page.split("title=\"no test rows of this class\"", -1)).hasSize(1 + 2 * 12);
  }

  @Test
  void aSizeWithoutAVerdictSaysWhy() throws Exception {
    String page = page(size(50, true));
    parsed(page);
    assertThat(page)
        .contains("No verdict: no arm with synthetic rows has a result for every seed.")
        .contains("selection accepted no &lt;rows&gt;")
        .contains("shapes &amp; &lt;more&gt;")
        .doesNotContain("<svg");
  }
}
