package dev.graft.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.runner.OwnClasses;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.throwable.ThrowableClassifier;
import org.apache.flink.runtime.throwable.ThrowableType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisibilityTest {
  @TempDir Path folder;

  private StageContext context() {
    Map<StageName, String> fingerprints = Map.of(StageName.TRAIN, "0123456789abcdef0123");
    return new StageContext(
        null, "", folder.toString(), folder + "/store", StageName.TRAIN, "a1", fingerprints, false);
  }

  private void run() {
    new PipelineLauncher(RunnerProfile.bare("DirectRunner"), List.of())
        .run("look", pipeline -> Visibility.check(pipeline, context()));
  }

  @Test
  void aWorkerThatSeesTheLaunchersFileGoesOn() {
    Storage.writeText(Storage.resolve(context().attemptDirectory(), Visibility.WITNESS), "{}");
    run();
  }

  @Test
  void aWorkerThatDoesNotSeeItNamesTheFolderAndTheWayOut() {
    assertThatThrownBy(this::run)
        .rootCause()
        .hasMessageContaining(context().attemptDirectory())
        .hasMessageContaining("mounted at the same place")
        .isInstanceOfSatisfying(
            GraftException.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aWorkerWithTheClassesOfAnotherBuildSaysWhereTheyAre() {
    Storage.writeText(Storage.resolve(context().attemptDirectory(), Visibility.WITNESS), "{}");
    PipelineLauncher launcher = new PipelineLauncher(RunnerProfile.bare("DirectRunner"), List.of());
    assertThatThrownBy(
            () -> launcher.run("look", pipeline -> Visibility.check(pipeline, context(), "0")))
        .rootCause()
        .hasMessageContaining("another build of Graft, in " + OwnClasses.location());
    assertThat(Outcome.read(context()).orElseThrow().code()).isEqualTo(ExitCode.USAGE.code());
  }

  @Test
  void aRecordedFailureWhoseRecordIsNotThereIsOneOfStorage() {
    GraftException failure = Outcome.failed(context(), GraftException.input("3 records are bad"));
    assertThat(Visibility.tell(context(), failure))
        .hasMessageContaining("3 records are bad")
        .hasMessageContaining("do not see the same files");
    GraftException other = GraftException.input("no such file");
    assertThat(Visibility.tell(context(), other)).isSameAs(other);
  }

  @Test
  void onlyATransientFailureIsTriedAgainByFlink() {
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                new RuntimeException(Outcome.failed(context(), GraftException.input("bad"))),
                ThrowableType.NonRecoverableError))
        .isPresent();
    assertThat(
            ThrowableClassifier.findThrowableOfThrowableType(
                Outcome.failed(context(), new GraftException(ExitCode.TRANSIENT, "busy")),
                ThrowableType.NonRecoverableError))
        .isEmpty();
  }
}
