package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition.Compute;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEngineTest {
  private static final Compute COMPUTE = new Compute(1, 8, CpuCapability.best().key());

  @TempDir Path directory;

  /** Starts the engine and prints how that ended. */
  static final class Start {
    private Start() {}

    public static void main(String[] arguments) {
      try {
        TorchEngine.start(COMPUTE);
        System.out.println("started");
      } catch (GraftException e) {
        System.out.println("exit " + e.exitCode().code() + ": " + e.getMessage());
      }
    }
  }

  @Test
  void saysWhatToDoWhereThereAreNoNatives() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("pytorch-native"))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            Start.class.getName());
    builder.environment().put("ENGINE_CACHE_DIR", directory.toString());
    builder.environment().put("DJL_CACHE_DIR", directory.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output)
        .contains("exit 2: the native PyTorch library cannot be loaded on")
        .contains("-Dgraft.pytorch.classifier=");
  }

  @Test
  void startsFromAThreadWithoutAClassLoader() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread =
        new Thread(
            () -> {
              try (NDManager manager = TorchEngine.newManager(COMPUTE)) {
                assertThat(manager.create(2f).getFloat()).isEqualTo(2f);
              } catch (Throwable e) {
                failure.set(e);
              }
            });
    thread.setContextClassLoader(null);
    thread.start();
    thread.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void refusesAnotherNumberOfThreads() {
    TorchEngine.start(COMPUTE);
    assertThatThrownBy(() -> TorchEngine.start(new Compute(2, 8, COMPUTE.capability())))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("compute.threads is 2, but this process already runs a model with 1");
  }

  @Test
  void refusesAnotherInstructionSetAndStaysAsItIs() {
    TorchEngine.start(COMPUTE);
    String other = COMPUTE.capability().equals("avx2") ? "default" : "avx2";
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> TorchEngine.start(new Compute(1, 8, other)))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("compute.capability is " + other)
          .hasMessageContaining(COMPUTE.capability());
    }
    TorchEngine.start(COMPUTE);
  }

  @Test
  void refusesAnInstructionSetThatTheMachineDoesNotHave() {
    assertThatThrownBy(() -> CpuCapability.check("avx1024"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("compute.capability is avx1024, but this machine has");
    assertThat(CpuCapability.check("default")).isEqualTo(CpuCapability.DEFAULT);
    assertThat(CpuCapability.best()).isNotEqualTo(CpuCapability.AVX512);
  }

  @Test
  void gradientModeIsPutBack() {
    TorchEngine.start(COMPUTE);
    try (GradMode on = GradMode.on()) {
      try (GradMode off = GradMode.off()) {
        assertThat(ai.djl.pytorch.jni.JniUtils.isGradMode()).isFalse();
      }
      assertThat(ai.djl.pytorch.jni.JniUtils.isGradMode()).isTrue();
    }
  }
}
