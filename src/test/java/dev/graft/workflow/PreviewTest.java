package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.generate.FakeInputs;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.AugmentSpec.Target;
import dev.graft.spec.AugmentSpec.TotalPerClass;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SelectRule;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.workflow.Preview.ClassPreview;
import dev.graft.workflow.Preview.Sample;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreviewTest {
  private static final SelectRule RULE =
      new SelectRule("label-agreement", SelectRule.Kind.MIN, new SelectRule.Fixed(0.5), 1);

  @TempDir Path folder;

  @Test
  void realRowsAndRefusedCandidatesAreShownOnlyWhereRealRowsMayBe() {
    Preview open = preview(true, new SyntheticPerClass(10));
    assertThat(open.withReal()).isTrue();
    assertThat(open.classes())
        .hasSize(FakeInputs.CLASSES)
        .allSatisfy(one -> assertThat(one.real()).hasSize(5));
    assertThat(samples(open)).allSatisfy(sample -> assertThat(sample.payload()).isNotEmpty());
    assertThat(samples(open)).anyMatch(sample -> !sample.refusedBy().isEmpty());

    Preview closed = preview(false, new SyntheticPerClass(10));
    assertThat(closed.withReal()).isFalse();
    assertThat(closed.classes()).allSatisfy(one -> assertThat(one.real()).isEmpty());
    assertThat(samples(closed))
        .hasSameSizeAs(samples(open))
        .allSatisfy(
            sample ->
                assertThat(sample.payload().length == 0).isEqualTo(!sample.refusedBy().isEmpty()));
    assertThat(closed.acceptance()).isEqualTo(open.acceptance()).isBetween(0.1, 0.99);
  }

  @Test
  void classesThatWantNoRowsAreNotDrawn() {
    assertThat(preview(true, new TotalPerClass(20)).classes()).isEmpty();
  }

  private static List<Sample> samples(Preview preview) {
    return preview.classes().stream().map(ClassPreview::samples).flatMap(List::stream).toList();
  }

  private Preview preview(boolean includeReal, Target target) {
    PipelineSpec any = SpecSamples.publishingTo(folder);
    PipelineSpec spec =
        new PipelineSpec(
            any.name(),
            any.modality(),
            any.seed(),
            any.source(),
            any.modalityOptions(),
            any.split(),
            any.models(),
            new AugmentSpec(target, Map.of(), 1, 2, 1, false),
            List.of(RULE),
            any.evaluate(),
            any.gates(),
            new PublishSpec(folder.toString(), includeReal, List.of(), 1000, "", false));
    StageContext context =
        new StageContext(
            spec,
            "",
            folder.toString(),
            folder.resolve("store").toString(),
            StageName.AUGMENT,
            "look",
            Map.of(),
            false);
    return Preview.draw(context, new FakeInputs(40), 60);
  }
}
