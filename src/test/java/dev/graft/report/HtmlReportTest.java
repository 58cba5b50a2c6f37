package dev.graft.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import dev.graft.evaluate.ControlFigures;
import dev.graft.evaluate.Figure;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.EnsembleFigures.MemberFigures;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.spec.GateSpec;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final List<String> CLASSES =
      List.of(
          "t-shirt",
          "trouser",
          "pullover",
          "dress",
          "coat",
          "sandal",
          "shirt",
          "sneaker",
          "bag",
          "ankle-boot");
  private static final int FIVE_MEGABYTES = 5_000_000;

  private static final HtmlReport REPORT = new HtmlReport();

  @Test
  void boundsThatAGateDoesNotHaveAreLeftOut() {
    Evidence sample = SampleEvidence.of(CLASSES, true);
    GateSpec gate = new GateSpec("coverage", 0.25, Double.NaN, "", "", 1);
    String page = REPORT.render(withSpec(sample, Json.tree(Map.of("gates", List.of(gate)))));
    String spec = page.substring(page.indexOf("Pipeline spec"));
    assertThat(spec).contains("0.25").doesNotContain("NaN").doesNotContain("&quot;max&quot;");
  }

  private static Evidence withSpec(Evidence one, JsonNode spec) {
    return new Evidence(
        one.dataset(),
        one.runDate(),
        one.showsReal(),
        one.schema(),
        one.evaluation(),
        one.galleries(),
        one.refused(),
        one.neighbours(),
        one.missed(),
        one.between(),
        one.models(),
        one.scores(),
        one.provenance(),
        spec);
  }

  @Test
  void saysWhetherAnEnsembleHelps() {
    SampleEvidence sample = new SampleEvidence(CLASSES, true, (real, label) -> "<i>x</i>");
    assertThat(REPORT.render(sample.build())).doesNotContain("id=\"ensemble\"");
    Figure low = Figure.of(0.71);
    Figure high = Figure.of(0.78);
    sample.ensemble =
        new EnsembleFigures(
            4_000,
            List.of(
                new MemberFigures("image-gan", 0.35, 9_100, low, high, low),
                new MemberFigures("image-flow", 0.65, 20_900, Figure.of(0.75), low, low)),
            new MemberFigures("ensemble", 1, 30_000, high, low, low),
            new MemberFigures("real tune rows", 0, 9_000, Figure.of(0.96), high, high));
    assertThat(REPORT.render(sample.build()))
        .contains("<section id=\"ensemble\">", "20,900", "0.710", "35.0", "real tune rows", "0.960")
        .contains(
            "The ensemble covers more than its best member: 0.780 of the real test rows, and"
                + " image-flow alone 0.750.");
  }

  @Test
  void saysWhichShareOfTheRowsMeetsEachControl() {
    SampleEvidence sample = new SampleEvidence(CLASSES, true, (real, label) -> "<i>x</i>");
    assertThat(REPORT.render(sample.build())).doesNotContain("id=\"controls\"");
    sample.controls =
        Map.of(
            "keywords", new ControlFigures(Figure.of(0.982), Figure.undefined("there are none")));
    assertThat(REPORT.render(sample.build()))
        .contains("<section id=\"controls\">", "keywords", "0.982", "there are none");
  }

  @Test
  void hasEverySectionAndLinksToIt() {
    String page = REPORT.render(SampleEvidence.of(CLASSES, true));
    for (String id :
        List.of(
            "gates",
            "samples",
            "utility",
            "metrics",
            "missed",
            "between",
            "copies",
            "selection",
            "scores",
            "tuning",
            "training",
            "provenance")) {
      assertThat(page).contains("<section id=\"" + id + "\">").contains("href=\"#" + id + "\"");
    }
    assertThat(page).contains("1 of 2 gates failed").contains("The closest pair of each class");
  }

  @Test
  void aSmallDifferenceDoesNotLookLikeNone() {
    assertThat(Html.points(0.0834)).isEqualTo("+8.3");
    assertThat(Html.points(-0.0026)).isEqualTo("\u22120.3");
    assertThat(Html.points(0.0004)).isEqualTo("+0.04");
    assertThat(Html.points(-0.00001)).isEqualTo("0.0");
  }

  @Test
  void saysWhetherTuningBeatsTheDefinition() {
    String page = REPORT.render(SampleEvidence.of(CLASSES, true));
    String tuning = page.substring(page.indexOf("<section id=\"tuning\">"));
    assertThat(tuning)
        .contains("Trial 2 beats the definition's own settings on tune rows: tune-loss")
        .contains("against")
        .contains("training.learning-rate", "0.0021", "the definition's own", "chosen")
        .contains("collapsed at step 150: diversity 0.010, of real rows 1.002");
  }

  @Test
  void comparesWithTheBetterOfTheArmsOfRealRows() {
    String page = REPORT.render(SampleEvidence.of(CLASSES, true));
    assertThat(page)
        .contains("<dt>Gain over classical</dt>")
        .contains("Difference to <b>classical</b>, the best of real and classical")
        .contains("Gain over classical, points")
        .doesNotContain("Gates on a gain");
    SampleEvidence worse = new SampleEvidence(CLASSES, true, (real, label) -> "<i>row</i>");
    worse.classical = 0.86;
    assertThat(REPORT.render(worse.build()))
        .contains("<dt>Gain over real</dt>")
        .contains("Difference to <b>real</b>, the best of real and classical")
        .contains("Gain over real, points")
        .contains("Gates on a gain")
        .doesNotContain("Gain over classical");
  }

  @Test
  void needsNothingFromElsewhere() {
    String page = REPORT.render(SampleEvidence.of(CLASSES, true));
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<link")
        .doesNotContain("@import")
        .doesNotContainPattern("(src|href)=\"?(https?:)?//")
        .doesNotContainPattern("url\\(");
    assertThat(page).contains("prefers-color-scheme: dark");
  }

  @Test
  void escapesEverythingThatComesFromOutside() {
    String evil = "<img src=x onerror=alert(1)>\"'&";
    List<String> classes = Stream.concat(Stream.of(evil), CLASSES.stream().skip(1)).toList();
    Evidence evidence = SampleEvidence.of(classes, true);
    Evidence renamed =
        new Evidence(
            evil,
            evil,
            true,
            evidence.schema(),
            evidence.evaluation(),
            evidence.galleries(),
            evidence.refused(),
            evidence.neighbours(),
            evidence.missed(),
            evidence.between(),
            evidence.models(),
            evidence.scores(),
            java.util.Map.of(evil, evil),
            com.fasterxml.jackson.databind.node.TextNode.valueOf(evil));
    String page = REPORT.render(renamed);
    assertThat(page).contains("&lt;img src=x onerror=alert(1)&gt;");
    assertThat(page).doesNotContain("<img src=x");
    assertThat(page).doesNotContainPattern("=\"[^\"]*<img");
  }

  @Test
  void showsNoRealRowWhenRealRowsStayPrivate() {
    assertThat(REPORT.render(SampleEvidence.of(CLASSES, true))).contains(SampleEvidence.REAL_MARK);
    String page = REPORT.render(SampleEvidence.of(CLASSES, false));
    assertThat(page)
        .doesNotContain(SampleEvidence.REAL_MARK)
        .doesNotContain("The closest pair of each class")
        .doesNotContain("<th class=\"real\">")
        .contains("no neighbour is shown")
        .contains("none is shown");
  }

  @Test
  void leavesOutWhatThereIsNot() {
    Evidence evidence = SampleEvidence.of(CLASSES, true);
    Evidence bare =
        new Evidence(
            "bare",
            "",
            true,
            evidence.schema(),
            evidence.evaluation(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            java.util.Map.of(),
            evidence.spec());
    String page = REPORT.render(bare);
    assertThat(page).doesNotContain("id=\"missed\"").doesNotContain("id=\"between\"");
    assertThat(page).doesNotContain("id=\"samples\"").doesNotContain("id=\"training\"");
    assertThat(page).contains("id=\"metrics\"").contains("<h1>bare</h1>");
  }

  @Test
  void saysWhyAFigureIsMissing() {
    String page = REPORT.render(SampleEvidence.of(CLASSES, true));
    assertThat(page).contains("title=\"needs at least 6 accepted rows; has 2\"");
    assertThat(page).doesNotContain("NaN").doesNotContain("Infinity").doesNotContain("null");
  }

  @Test
  void isWellFormedAndDescribesItsPictures() throws Exception {
    String page = REPORT.render(new SampleEvidence(CLASSES, true, pictures()).build());
    String body = page.substring(page.indexOf("<body>"), page.indexOf("</html>"));
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(
                        body.replaceAll("(<(img|br|meta)[^>]*?)/?>", "$1/>")
                            .replaceAll(" (data-real)(?=[ >])", " $1=\"\""))));
    var charts = document.getElementsByTagName("svg");
    assertThat(charts.getLength()).isGreaterThanOrEqualTo(10);
    for (int i = 0; i < charts.getLength(); i++) {
      assertThat(charts.item(i).getFirstChild().getNodeName()).isEqualTo("title");
      assertThat(charts.item(i).getFirstChild().getTextContent()).isNotBlank();
    }
    var pictures = document.getElementsByTagName("img");
    for (int i = 0; i < pictures.getLength(); i++) {
      assertThat(pictures.item(i).getAttributes().getNamedItem("alt")).isNotNull();
    }
  }

  @Test
  void staysSmall() {
    String page = REPORT.render(new SampleEvidence(CLASSES, true, pictures()).build());
    assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(FIVE_MEGABYTES);
    List<String> many = IntStream.range(0, 500).mapToObj(i -> "class " + i).toList();
    String wide = REPORT.render(SampleEvidence.of(many, true));
    assertThat(wide.getBytes(StandardCharsets.UTF_8).length).isLessThan(FIVE_MEGABYTES);
  }

  private static java.util.function.BiFunction<Boolean, Integer, String> pictures() {
    Modality modality = Modalities.get("image");
    DatasetSchema schema = new DatasetSchema("image", List.of(1, 28, 28), CLASSES);
    AtomicInteger next = new AtomicInteger();
    return (real, label) -> {
      CounterRandom random = CounterRandom.of(next.incrementAndGet());
      byte[] values = new byte[784];
      for (int i = 0; i < values.length; i++) {
        int x = i % 28 - 14;
        int y = i / 28 - 14;
        values[i] = (byte) (x * x + y * y < 30 + 15 * label ? 180 + random.below(i, 60) : 0);
      }
      return modality
          .view(schema)
          .html(modality.codec(schema).encode(values, 0), CLASSES.get(label));
    };
  }
}
