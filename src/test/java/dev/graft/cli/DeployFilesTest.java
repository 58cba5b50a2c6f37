package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.graft.data.ExitCode;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the schedulers' files in {@code config/deploy} with the real command line. */
class DeployFilesTest {
  private static final Path FOLDER = Path.of("config/deploy");
  private static final Set<Integer> FINAL = codes(ExitCode.USAGE, ExitCode.INPUT, ExitCode.GATE);
  private static final Set<Integer> AGAIN = codes(ExitCode.TRANSIENT, ExitCode.BUSY);
  private static final Set<Integer> KILLED = Set.of(137, 143);
  private static final Pattern NO_COMMANDS =
      Pattern.compile(
          "\\.timer$|flink.(config\\.yaml|logback\\.xml|local-cluster)$"
              + "|(dataflow|gcloud)(?!.*README).*$");
  private static final Pattern EXIT_CODES =
      Pattern.compile("[Ee]xit codes? (\\d+(?:(?:, | and |, and )\\d+)*)");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files.filter(Files::isRegularFile).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyCommandLineIsOneThatGraftTakes(Path file) throws IOException {
    List<List<String>> commands = CommandLinesInText.in(Files.readString(file));
    assertThat(commands)
        .allSatisfy(
            command ->
                assertThat(CommandLinesInText.mistake(command))
                    .as("%s: graft %s", file, String.join(" ", command))
                    .isEmpty());
    if (!NO_COMMANDS.matcher(file.toString()).find()) {
      assertThat(commands).as("commands in %s", file).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec graft run nightly.yaml --date \"$day\"",
        "0 2 * * * graft run nightly.yaml --run-date $(date +\\%F) --dirr /srv/graft >>log",
        "bash_command=\"graft train --run-date {{ ds }}\"",
        "ExecStart=/opt/graft/graft nightly nightly.yaml",
        "graft ingest nightly.yaml --overwrite",
        "graft run nightly.yaml --run-date yesterday",
        "graft run nightly.yaml --runner flnk",
        "graft run nightly.yaml -- --parallelism 8",
      })
  void aWrongCommandLineIsFound(String line) {
    assertThat(CommandLinesInText.in(line))
        .singleElement()
        .satisfies(command -> assertThat(CommandLinesInText.mistake(command)).isNotEmpty());
  }

  @Test
  void everyExitCodeIsEitherFinalOrTriedAgain() {
    Set<Integer> known = codes(ExitCode.values());
    known.remove(ExitCode.DONE.code());
    assertThat(union(FINAL, AGAIN)).isEqualTo(known);
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyExitCodeThatIsSpokenOfExists(Path file) throws IOException {
    Matcher spoken = EXIT_CODES.matcher(Files.readString(file));
    Set<Integer> found = new TreeSet<>();
    while (spoken.find()) {
      found.addAll(numbers(spoken.group(1)));
    }
    assertThat(codes(ExitCode.values())).as(file.toString()).containsAll(found);
  }

  @Test
  void airflowRunsTheStagesInOrder() throws IOException {
    String dag = Files.readString(FOLDER.resolve("airflow/graft_nightly.py"));
    assertThat(CommandLinesInText.in(dag))
        .extracting(command -> command.get(0))
        .containsExactlyElementsOf(stages());
    assertThat(dag).contains(String.join(" >> ", stages()) + " >> published");
    assertThat(after(dag, "NEVER_AGAIN = \\[([^]]*)]")).isEqualTo(FINAL);
  }

  @Test
  void kubernetesEndsTheJobAtOnceOnFinalExitCodes() throws IOException {
    JsonNode cron = yaml("kubernetes/cronjob.yaml");
    assertThat(List.of(text(cron, "/apiVersion"), text(cron, "/kind")))
        .containsExactly("batch/v1", "CronJob");
    assertThat(text(cron, "/spec/concurrencyPolicy")).isEqualTo("Forbid");
    JsonNode job = cron.at("/spec/jobTemplate/spec");
    assertThat(job.path("backoffLimit").asInt()).isPositive();
    JsonNode rule = job.at("/podFailurePolicy/rules/0");
    assertThat(text(rule, "/action")).isEqualTo("FailJob");
    assertThat(text(rule, "/onExitCodes/operator")).isEqualTo("In");
    assertThat(text(rule, "/onExitCodes/containerName"))
        .isEqualTo(text(job, "/template/spec/containers/0/name"));
    assertThat(numbers(rule.at("/onExitCodes/values").toString())).isEqualTo(FINAL);
    assertThat(text(job, "/template/spec/restartPolicy"))
        .as("a policy needs it")
        .isEqualTo("Never");
    assertThat(shell(job.at("/template/spec/containers/0"))).hasSize(1);
    assertNightEndsBeforeMidnight(cron.path("spec"), job);
  }

  @Test
  void argoTriesAgainUnlessTheExitCodeIsFinal() throws IOException {
    JsonNode cron = yaml("argo/cron-workflow.yaml");
    assertThat(List.of(text(cron, "/apiVersion"), text(cron, "/kind")))
        .containsExactly("argoproj.io/v1alpha1", "CronWorkflow");
    assertThat(text(cron, "/spec/concurrencyPolicy")).isEqualTo("Forbid");
    JsonNode workflow = cron.at("/spec/workflowSpec");
    JsonNode template = workflow.at("/templates/0");
    assertThat(text(template, "/name")).isEqualTo(text(workflow, "/entrypoint"));
    assertThat(template.at("/retryStrategy/limit").asInt()).isPositive();
    String expression = text(template, "/retryStrategy/expression");
    assertThat(expression).startsWith("asInt(lastRetry.exitCode) not in [");
    assertThat(numbers(expression)).isEqualTo(FINAL);
    assertThat(shell(template.path("container"))).hasSize(1);
  }

  @Test
  void systemdTriesAgainUnlessTheExitCodeIsFinal() throws IOException {
    String service = Files.readString(FOLDER.resolve("systemd/graft-nightly.service"));
    assertThat(service.lines()).contains("Type=oneshot", "Restart=on-failure");
    assertThat(after(service, "(?m)^RestartPreventExitStatus=(.*)$")).isEqualTo(FINAL);
    String timer = Files.readString(FOLDER.resolve("systemd/graft-nightly.timer"));
    assertThat(timer.lines()).contains("[Timer]", "Persistent=true", "WantedBy=timers.target");
    assertThat(timer).containsPattern("(?m)^OnCalendar=\\S+ \\d\\d:\\d\\d:\\d\\d UTC$");
    assertTriesEndBeforeMidnight(service, first(timer, "OnCalendar=\\S+ (\\d\\d):"));
  }

  @Test
  void cronTriesAgainOnTheOtherExitCodesOnly() throws IOException {
    String crontab = Files.readString(FOLDER.resolve("cron/crontab"));
    assertThat(after(crontab, "case \\$\\? in ([\\d|]+)\\) ;; \\*\\) break"))
        .isEqualTo(union(AGAIN, KILLED));
    assertThat(crontab)
        .as("cron ends a line at a bare %")
        .doesNotContainPattern("(?m)^\\d.*[^\\\\]%");
  }

  @Test
  void workflowsLaunchTheStagesInOrderWithParametersOfTheTemplate() throws IOException {
    JsonNode night = yaml("gcloud/nightly-workflow.yaml").at("/main/steps/1/night/for");
    assertThat(night.path("in")).extracting(JsonNode::asText).isEqualTo(stages());
    JsonNode launch = night.at("/steps/0/launch");
    assertThat(text(launch, "/call")).endsWith("v1b3.projects.locations.flexTemplates.launch");
    Set<String> given = new TreeSet<>();
    launch.at("/args/body/launchParameter/parameters").fieldNames().forEachRemaining(given::add);
    Set<String> needed = new TreeSet<>();
    Set<String> known = new TreeSet<>();
    for (TemplateParameter parameter : TemplateParameter.values()) {
      known.add(parameter.key());
      if (!parameter.optional()) {
        needed.add(parameter.key());
      }
    }
    assertThat(given).isSubsetOf(known).containsAll(needed).contains("runDate");
    JsonNode judge = night.at("/steps/3/judge");
    assertThat(text(judge, "/switch/0/condition")).contains("\"JOB_STATE_DONE\"");
    assertThat(text(judge, "/switch/1/condition"))
        .contains("\"JOB_STATE_FAILED\"", "\"JOB_STATE_CANCELLED\"");
    assertThat(text(judge, "/next")).isEqualTo("wait");
    JsonNode profile = new YAMLMapper().readTree(Files.readString(Path.of("config/dataflow.yaml")));
    assertThat(text(launch, "/args/body/launchParameter/environment/machineType"))
        .as("the profile's threads are as many as its vCPUs")
        .isEqualTo(text(profile, "/options/workerMachineType"))
        .endsWith("-" + text(profile, "/options/numberOfWorkerHarnessThreads"));
  }

  @Test
  void cloudSchedulerStartsTheWorkflow() throws IOException {
    JsonNode job = yaml("gcloud/scheduler-job.json");
    assertThat(text(job, "/schedule")).isEqualTo("0 2 * * *");
    assertThat(text(job, "/timeZone")).isEqualTo("Etc/UTC");
    assertThat(text(job, "/httpTarget/uri")).endsWith("/workflows/graft-nightly/executions");
    byte[] body = Base64.getDecoder().decode(text(job, "/httpTarget/body"));
    assertThat(new YAMLMapper().readTree(body).path("argument").asText()).isEqualTo("{}");
  }

  @Test
  void theMetadataOfTheFlexTemplateIsThatOfItsParameters() throws IOException {
    assertThat(FOLDER.resolve("dataflow/metadata.json"))
        .as("java -cp target/graft.jar dev.graft.cli.FlexTemplate --metadata prints it")
        .hasContent(TemplateMetadata.json());
  }

  @Test
  void theImagesTakeFilesThatTheBuildHas() throws IOException {
    String worker = Files.readString(FOLDER.resolve("dataflow/worker/Dockerfile"));
    String classPath =
        String.valueOf(getClass().getResource("/pytorch/cpu/linux-x86_64/libtorch_cpu.so"))
            + getClass().getResource("/jnilib/linux-x86_64/cpu/libdjl_torch.so");
    Matcher jar = Pattern.compile("target/lib/(pytorch-[a-z]+[\\w.-]*\\.jar)").matcher(worker);
    Set<String> jars = new TreeSet<>();
    while (jar.find()) {
      jars.add(jar.group(1));
    }
    assertThat(jars).hasSize(2).allSatisfy(name -> assertThat(classPath).contains(name));
    assertThat(worker).contains("PYTORCH_FLAVOR=cpu", "PYTORCH_LIBRARY_PATH=/opt/graft/pytorch");
    String launcher = Files.readString(FOLDER.resolve("dataflow/launcher/Dockerfile"));
    assertThat(launcher).contains("FLEX_TEMPLATE_JAVA_MAIN_CLASS=" + FlexTemplate.class.getName());
    assertThat(launcher).contains("GRAFT_HOME=/opt/graft", "COPY config /opt/graft/config");
  }

  @Test
  void theTableOfExitCodesIsWhole() throws IOException {
    List<String> rows =
        Files.readAllLines(FOLDER.resolve("README.md")).stream()
            .filter(line -> line.matches("\\| \\d+ \\|.*"))
            .toList();
    assertThat(rows)
        .extracting(row -> Integer.valueOf(row.split("\\|")[1].strip()))
        .containsExactlyElementsOf(codes(ExitCode.values()));
    assertThat(rows)
        .filteredOn(row -> row.endsWith("| no |"))
        .extracting(row -> Integer.valueOf(row.split("\\|")[1].strip()))
        .containsExactlyElementsOf(FINAL);
  }

  /** A pod that starts after midnight would work out another date. */
  private static void assertNightEndsBeforeMidnight(JsonNode cron, JsonNode job) {
    int hour = Integer.parseInt(text(cron, "/schedule").split(" ")[1]);
    int seconds =
        hour * 3600
            + cron.path("startingDeadlineSeconds").asInt()
            + job.path("activeDeadlineSeconds").asInt();
    assertThat(job.path("activeDeadlineSeconds").asInt()).isPositive();
    assertThat(seconds).isLessThan(24 * 3600);
  }

  /** A try that starts after midnight would work out another date. */
  private static void assertTriesEndBeforeMidnight(String service, int hour) {
    int tries = first(service, "StartLimitBurst=(\\d+)");
    int longest = first(service, "TimeoutStartSec=(\\d+)h\n") * 60;
    int pause = first(service, "RestartSec=(\\d+)min\n");
    int limit = first(service, "StartLimitIntervalSec=(\\d+)h\n") * 60;
    int minutes = tries * longest + (tries - 1) * pause;
    assertThat(hour * 60 + minutes).isLessThan(24 * 60);
    assertThat(limit).as("a try more would count anew").isGreaterThan(minutes + pause);
    assertThat(limit).as("the next night must start").isLessThan(24 * 60);
  }

  private static int first(String text, String pattern) {
    return after(text, pattern).iterator().next();
  }

  /** The commands that a container gives to its shell. */
  private static List<List<String>> shell(JsonNode container) {
    assertThat(container.path("command").toString()).isEqualTo("[\"/bin/sh\",\"-c\"]");
    String script = text(container, "/args/0");
    assertThat(script).as("the exit code must be graft's").contains("\nexec graft ");
    return CommandLinesInText.in(script);
  }

  private static List<String> stages() {
    return Arrays.stream(StageName.values()).map(StageName::key).toList();
  }

  private static JsonNode yaml(String file) throws IOException {
    YAMLMapper mapper = new YAMLMapper();
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    return mapper.readTree(Files.readString(FOLDER.resolve(file)));
  }

  private static String text(JsonNode node, String pointer) {
    assertThat(node.at(pointer).isValueNode()).as(pointer).isTrue();
    return node.at(pointer).asText();
  }

  /** The numbers in what a pattern's group finds. */
  private static Set<Integer> after(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(pattern).isTrue();
    return numbers(matcher.group(1));
  }

  private static Set<Integer> numbers(String text) {
    Set<Integer> numbers = new TreeSet<>();
    Matcher number = Pattern.compile("\\d+").matcher(text);
    while (number.find()) {
      numbers.add(Integer.valueOf(number.group()));
    }
    return numbers;
  }

  private static Set<Integer> codes(ExitCode... codes) {
    Set<Integer> numbers = new TreeSet<>();
    for (ExitCode code : codes) {
      numbers.add(code.code());
    }
    return numbers;
  }

  private static Set<Integer> union(Set<Integer> some, Set<Integer> others) {
    Set<Integer> all = new TreeSet<>(some);
    all.addAll(others);
    return all;
  }
}
