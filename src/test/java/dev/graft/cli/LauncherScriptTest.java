package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code ./graft} against stand-ins of {@code java} and {@code mvn} that say what they got.
 */
class LauncherScriptTest {
  @TempDir Path folder;

  private Path checkout;
  private Path tools;

  @BeforeEach
  void makeACheckout() throws IOException {
    checkout = Files.createDirectories(folder.resolve("my graft"));
    tools = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.copy(Path.of("graft"), checkout.resolve("graft"));
    assertThat(checkout.resolve("graft").toFile().setExecutable(true)).isTrue();
    Files.writeString(checkout.resolve("pom.xml"), "");
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("config"));
    Files.writeString(
        checkout.resolve("config/local.yaml"),
        "runner: X\n# jvm:\njvm: {heap: 3g, direct: 700m}\n");
    Files.writeString(
        checkout.resolve("config/big.yaml"), "jvm:\n  direct: 2g\n  heap: 9g # much\nrunner: X\n");
    release("17.0.15");
    tool(
        "java",
        """
        printf 'home=%s arenas=%s\\n' "$GRAFT_HOME" "$MALLOC_ARENA_MAX"; printf '[%s]' "$@"; exit 7
        """);
    tool(
        "mvn",
        """
        [ "$1" = --version ] && { echo 'Apache Maven 3.8.7'; exit 0; }
        echo "$@" >> built.log; mkdir -p target; echo jar > target/graft.jar
        """);
  }

  private void release(String version) throws IOException {
    Files.writeString(tools.resolve("../release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  private void tool(String name, String script) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private record Ended(int status, String out, String err) {}

  private Ended graft(String... arguments) throws Exception {
    return run(checkout.resolve("graft"), Map.of(), arguments);
  }

  private Ended run(Path script, Map<String, String> environment, String... arguments)
      throws Exception {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    List<String> command = new java.util.ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("GRAFT") || key.contains("JAVA"));
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", tools.getParent().toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  @Test
  void buildsOnFirstUseAndWhenSourcesAreNewer() throws Exception {
    Ended first = graft("version");
    assertThat(first.err()).contains("Building graft (first use)...");
    assertThat(first.status()).as("java's own exit status").isEqualTo(7);
    assertThat(graft("version").err()).isEmpty();
    Thread.sleep(20);
    Files.writeString(checkout.resolve("src/main/New.java"), "");
    assertThat(graft("version").err()).contains("Building graft (sources have changed)...");
    assertThat(graft("version").err()).isEmpty();
    assertThat(Files.readAllLines(checkout.resolve("built.log"))).hasSize(2);
  }

  @Test
  void passesArgumentsAndTheHeapOfTheProfile() throws Exception {
    Ended run = graft("run", "a b.yaml", "--set", "x=[1, 2]", "--", "--runner=Y");
    assertThat(run.out())
        .contains("home=" + checkout.toRealPath() + " arenas=1")
        .contains("[-Xmx3g][-XX:MaxDirectMemorySize=700m]")
        .contains("[-XX:+UseParallelGC]")
        .endsWith("[dev.graft.cli.Main][run][a b.yaml][--set][x=[1, 2]][--][--runner=Y]");
    assertThat(graft("run", "s", "--runner", "big").out())
        .contains("[-Xmx9g][-XX:MaxDirectMemorySize=2g]");
    assertThat(graft("run", "s", "--runner=big").out()).contains("[-Xmx9g]");
    assertThat(run(checkout.resolve("graft"), Map.of("GRAFT_HEAP", "5g"), "run", "s").out())
        .contains("[-Xmx5g]");
  }

  @Test
  void aLauncherWhoseWorkIsDoneElsewhereHasTheQuickCompilerOnly() throws Exception {
    String quick = "[-XX:TieredStopAtLevel=1]";
    Files.writeString(checkout.resolve("config/cloud.yaml"), "runner: DataflowRunner\n");
    assertThat(graft("run", "a.yaml", "--runner", "cloud").out()).contains(quick);
    assertThat(graft("run", "a.yaml", "--", "--flinkMaster=host:8081").out()).contains(quick);
    assertThat(graft("run", "a.yaml", "--", "--flinkMaster=[local]").out()).doesNotContain(quick);
    assertThat(graft("run", "a.yaml").out()).doesNotContain(quick);
    assertThat(graft("study", "a.yaml").out()).contains("[-Xmx3g]").doesNotContain(quick);
  }

  @Test
  void worksThroughASymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("g"), Path.of("my graft/graft"));
    assertThat(run(link, Map.of(), "version").out()).contains("home=" + checkout.toRealPath());
  }

  @Test
  void aFailedBuildIsExitOneWithTheLog() throws Exception {
    tool(
        "mvn",
        "[ \"$1\" = --version ] && { echo 'Apache Maven 3.9.9'; exit 0; }\necho '[ERROR] no'; exit 1\n");
    Ended run = graft("version");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("[ERROR] no").contains("the build failed; its log is ");
  }

  @Test
  void anOldJavaIsExitTwo() throws Exception {
    release("11.0.2");
    Ended run = graft("version");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Java 11.0.2").contains("is too old; install a JDK 17 or newer");
    release("1.8.0_392");
    assertThat(graft("version").err()).contains("is too old");
  }

  @Test
  void noJavaIsExitTwo() throws Exception {
    Ended run = run(checkout.resolve("graft"), Map.of("JAVA_HOME", "/nowhere"), "version");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("no Java found (/nowhere/bin/java)");
  }

  @Test
  void anOldMavenIsExitTwo() throws Exception {
    tool("mvn", "echo 'Apache Maven 3.6.0'\n");
    Ended run = graft("version");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("Maven 3.6.0").contains("install Maven 3.6.3 or newer");
  }
}
