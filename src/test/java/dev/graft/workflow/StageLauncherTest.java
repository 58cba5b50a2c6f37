package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.Test;

class StageLauncherTest {
  @Test
  void outOfMemoryIsNamedWhateverFlinkMakesOfIt() {
    Throwable told =
        catchThrowable(
            () ->
                ExceptionUtils.tryEnrichOutOfMemoryError(
                    new OutOfMemoryError("Java heap space"), "", "", "of the heap"));
    Throwable cause = told == null ? new OutOfMemoryError("Java heap space") : told;
    assertThat(StageLauncher.causes(new RuntimeException("Pipeline execution failed", cause)))
        .contains("Pipeline execution failed; caused by java.lang.OutOfMemoryError");
  }
}
