package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code target/graft-deploy.jar} on a session cluster whose {@code lib} has nothing but Flink and
 * the native libraries. Each of the ten jobs brings DJL in a class loader of its own.
 */
@Tag("slow")
class DeployJarProof {
  private static final int RUNS = 3;
  private static final int WARM = 1;
  private static final Path JAR = Path.of("target/graft-deploy.jar").toAbsolutePath();

  /** Flink with what it needs itself, a binding for its logs, and libtorch. */
  private static final Pattern OF_A_PLAIN_CLUSTER =
      Pattern.compile(
          "(flink-|kryo|minlog|objenesis|chill|commons-|javassist|lz4|snappy|async-profiler|slf4j|logback"
              + "|jsr305|snakeyaml-engine|pytorch-native).*");

  @TempDir Path directory;

  @BeforeEach
  void jarIsBuilt() {
    assertThat(JAR).as("build it: mvn -Pdeploy -DskipTests package").exists();
  }

  /** Prints what each run, of five jobs, leaves behind in the task managers. */
  @Test
  void runAfterRunOnOneClusterGivesTheRowsOfALocalRun() {
    QuickRun local = new QuickRun(directory.resolve("local")).run("direct");
    try (LocalCluster cluster =
        new LocalCluster(
            directory.resolve("cluster"), name -> OF_A_PLAIN_CLUSTER.matcher(name).matches())) {
      String master = "--flinkMaster=" + cluster.start(2);
      UseTable table = new UseTable();
      for (int number = 1; number <= RUNS; number++) {
        QuickRun run = new QuickRun(directory.resolve("run" + number));
        run.run("flink", master, "--filesToStage=" + JAR);
        assertThat(run.digest()).as("run %d", number).isEqualTo(local.digest());
        table.add(number, cluster);
      }
      table.printGrowth(WARM);
    }
  }

  @Test
  void itHasWhatAClusterLacksAndNothingThatItHas() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("dev/graft/cli/Main.class", "ai/djl/engine/Engine.class")
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
          .noneMatch(name -> name.matches("(org/apache/flink|org/slf4j|ch/qos/logback)/.*"))
          .noneMatch(name -> name.contains("libtorch_cpu"));
      String registrars = "META-INF/services/org.apache.beam.sdk.options.PipelineOptionsRegistrar";
      assertThat(new String(jar.getInputStream(jar.getEntry(registrars)).readAllBytes()))
          .contains("DirectRegistrar")
          .contains("FlinkRunnerRegistrar")
          .contains("DefaultPipelineOptionsRegistrar");
    }
  }
}
