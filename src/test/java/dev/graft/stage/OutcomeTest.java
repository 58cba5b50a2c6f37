package dev.graft.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomeTest {
  private static final GraftException PASSING = new GraftException(ExitCode.TRANSIENT, "too slow");

  @TempDir Path folder;

  private StageContext context() {
    Map<StageName, String> fingerprints = Map.of(StageName.TRAIN, "0123456789abcdef0123");
    return new StageContext(
        null, "", folder.toString(), folder + "/store", StageName.TRAIN, "a1", fingerprints, false);
  }

  private void commit() {
    new PipelineLauncher(RunnerProfile.bare("DirectRunner"), List.of())
        .run(
            "commit", pipeline -> pipeline.apply(Create.of("{}")).apply(CommitStage.of(context())));
  }

  @Test
  void aFailureThatAnotherTryHasMendedIsForgotten() {
    Outcome.failed(context(), PASSING);
    commit();
    assertThat(Outcome.read(context())).contains(Outcome.done(context()));
    assertThat(context().input(StageName.TRAIN).attempt()).isEqualTo("a1");
  }

  @Test
  void aFailureForGoodIsNotCommitted() {
    Outcome.failed(context(), GraftException.input("3 records are bad"));
    assertThatThrownBy(this::commit).rootCause().hasMessageContaining("3 records are bad");
    assertThat(Storage.exists(Storage.resolve(context().directory(), StageContext.SUCCESS)))
        .isFalse();
  }

  @Test
  void anAttemptThatTheLauncherHasEndedIsNotCommittedThoughAnotherMayBe() {
    Outcome.end(context(), PASSING);
    assertThatThrownBy(this::commit).rootCause().hasMessageContaining(PASSING.getMessage());
    assertThat(Outcome.read(context()).orElseThrow().code()).isEqualTo(ExitCode.TRANSIENT.code());
    assertThat(Storage.exists(Storage.resolve(context().directory(), StageContext.SUCCESS)))
        .isFalse();
  }

  @Test
  void theFirstFailureForGoodIsTheOneThatIsTold() {
    Outcome.failed(context(), PASSING);
    Outcome.failed(context(), GraftException.input("3 records are bad"));
    Outcome.failed(context(), GraftException.usage("no such class"));
    Outcome.failed(context(), PASSING);
    assertThat(Outcome.read(context()).orElseThrow().reason()).isEqualTo("3 records are bad");
  }
}
