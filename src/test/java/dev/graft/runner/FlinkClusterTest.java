package dev.graft.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.junit.jupiter.api.Test;

class FlinkClusterTest {
  @Test
  void jobsOfTheseNamesThatAreAtWorkAreCancelledAndNoOthers() throws Exception {
    try (FakeFlink flink = new FakeFlink()) {
      flink.job("a1", "graft-train-1-x", "RUNNING");
      flink.job("a2", "graft-train-1-x", "FAILED");
      flink.job("a3", "graft-train-2-y", "RUNNING");
      assertThat(
              FlinkCluster.cancel(
                  flink.address(), name -> name.endsWith("-x"), Duration.ofSeconds(20)))
          .containsExactly("graft-train-1-x");
      assertThat(flink.cancelled()).containsExactly("a1");
      assertThat(flink.states()).containsEntry("a1", "CANCELED").containsEntry("a3", "RUNNING");
    }
  }

  @Test
  void aJobThatDoesNotEndIsBusy() throws Exception {
    try (FakeFlink flink = new FakeFlink()) {
      flink.job("stuck", "graft-train-1-x", "CANCELLING");
      flink.neverEnd();
      assertThatThrownBy(
              () -> FlinkCluster.cancel(flink.address(), name -> true, Duration.ofMillis(1)))
          .isInstanceOfSatisfying(
              GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BUSY))
          .hasMessageContaining("graft-train-1-x")
          .hasMessageContaining("flink cancel stuck");
    }
  }

  @Test
  void aJobManagerThatWasStartedAgainHasForgottenTheJob() {
    Throwable told =
        new RuntimeException(
            new ExecutionException(
                new RestClientException(
                    "[org.apache.flink.runtime.rest.handler.RestHandlerException:"
                        + " org.apache.flink.runtime.messages.FlinkJobNotFoundException: Could not"
                        + " find Flink job (41ab)",
                    HttpResponseStatus.NOT_FOUND)));
    assertThat(FlinkCluster.hasForgotten(told)).isTrue();
    assertThat(FlinkCluster.isCutOff(told)).isFalse();
    assertThat(FlinkCluster.hasForgotten(new RuntimeException(new ConnectException()))).isFalse();
    assertThat(FlinkCluster.isCutOff(new RuntimeException(new ConnectException()))).isTrue();
  }
}
