package dev.graft.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.graft.data.Condition;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.model.Answers;
import dev.graft.model.AskingSampler;
import dev.graft.model.Checkpoints;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyTexts;
import dev.graft.model.TrainingRun;
import dev.graft.model.chat.FakeChat.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A service that fails, stalls, says other things than it should or refuses. */
class ChatTroubleTest {
  private static final int SAMPLES = 32;

  @TempDir Path directory;

  private final List<AskingSampler> opened = new ArrayList<>();

  private StoredModel model(FakeChat chat, int texts, String calls) throws IOException {
    ModelDefinition definition =
        ChatDefinitions.read(directory, ChatDefinitions.chat(chat.url(), texts, calls));
    TrainingRun run =
        new TrainingRun(
            "t",
            definition,
            TinyTexts.schema(),
            TinyTexts.rows(90, 1),
            TinyTexts.rows(9, 2),
            1,
            Checkpoints.none(),
            null);
    return new StoredModel(
        new StoredModel.ModelCard(
            "t", "", definition, run.schema(), "", 1, "", 0, Map.of(), List.of()),
        new ChatFamily().fit(run).weights());
  }

  /** Closed after the test. */
  private AskingSampler open(FakeChat chat, int texts, String calls) throws IOException {
    AskingSampler sampler =
        (AskingSampler) new ChatFamily().open(model(chat, texts, calls), folder());
    opened.add(sampler);
    return sampler;
  }

  @AfterEach
  void close() {
    opened.forEach(AskingSampler::close);
  }

  private String folder() {
    return directory.resolve("answers").toString();
  }

  private static Answers ask(AskingSampler sampler) {
    long[] indices = LongStream.range(0, SAMPLES).toArray();
    return sampler.ask(Condition.ofLabel(0), null, 5, indices, Controls.NONE);
  }

  private static void assertAllThere(Answers answers) {
    assertThat(answers.nothing()).isEmpty();
    for (int row = 0; row < SAMPLES; row++) {
      assertThat(TinyTexts.share(TinyTexts.text(answers.values(), row), 0)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HALF_FAIL", "HALF_STALL", "HALF_GARBAGE", "HALF_LIMITED", "HALF_ANYTHING"})
  void halfOfTheRequestsMayFailAndNothingIsLost(Trouble trouble) throws IOException {
    try (FakeChat chat = new FakeChat(trouble)) {
      String calls = trouble.name().matches(".*(STALL|ANYTHING)") ? "time-out: 1, tries: 20" : "";
      Answers answers = ask(open(chat, 2, calls));
      assertAllThere(answers);
      assertThat(answers.use().questions()).isEqualTo(SAMPLES / 2);
      assertThat(answers.sent()).isEqualTo(chat.requests()).isGreaterThan(SAMPLES / 2);

      chat.trouble(Trouble.ALL_FAIL);
      Answers again = ask(open(chat, 2, calls));
      assertThat(again.values()).isEqualTo(answers.values());
      assertThat(again.use()).isEqualTo(answers.use());
      assertThat(again.sent()).isZero();
      assertThat(again.kept()).isEqualTo(SAMPLES / 2);
    }
  }

  @Test
  void workersThatAskTheSameHaveTheSame() throws Exception {
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try (FakeChat chat = new FakeChat(Trouble.HALF_GARBAGE)) {
      List<Future<Answers>> all = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        AskingSampler own = open(chat, 2, "");
        all.add(workers.submit(() -> ask(own)));
      }
      for (Future<Answers> one : all) {
        assertThat(one.get().values()).isEqualTo(all.get(0).get().values());
      }
      try (Stream<Path> files = Files.walk(Path.of(folder()))) {
        assertThat(files.filter(Files::isRegularFile).map(Path::toString))
            .hasSize(SAMPLES / 2)
            .allMatch(file -> file.endsWith(".json") && !file.contains(".tmp"));
      }
    } finally {
      workers.shutdownNow();
    }
  }

  @Test
  void aDamagedAnswerIsAskedForAgain() throws IOException {
    try (FakeChat chat = new FakeChat(Trouble.NONE)) {
      Answers answers = ask(open(chat, 1, ""));
      try (Stream<Path> files = Files.walk(Path.of(folder()))) {
        Path file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        Files.writeString(file, Files.readString(file).replace("texts", "text"));
      }
      Answers again = ask(open(chat, 1, ""));
      assertThat(again.sent()).isEqualTo(1);
      assertThat(again.values()).isEqualTo(answers.values());
      assertThat(ask(open(chat, 1, "")).sent()).isZero();
    }
  }

  @Test
  void whatCannotBeUsedIsCountedWithItsReasonAndKept() throws IOException {
    try (FakeChat chat = new FakeChat(Trouble.HALF_GARBAGE)) {
      Answers once = ask(open(chat, 1, "tries: 1, most-failed: 1"));
      assertThat(once.nothing()).isNotEmpty().hasSizeLessThan(SAMPLES);
      assertThat(once.nothing().values()).containsOnly("garbage");
      assertThat(once.use().nothing()).isEqualTo(Map.of("garbage", (long) once.nothing().size()));
      once.nothing()
          .keySet()
          .forEach(row -> assertThat(TinyTexts.text(once.values(), row)).isEmpty());

      chat.trouble(Trouble.ALL_PROSE);
      Answers prose = ask(open(chat, 1, "tries: 1, most-failed: 1"));
      assertThat(prose.nothing().keySet()).isEqualTo(once.nothing().keySet());
      assertThat(prose.nothing().values()).containsOnly("no-json");
      assertThat(prose.sent()).isEqualTo(once.nothing().size());

      chat.trouble(Trouble.NONE);
      Answers kept = ask(open(chat, 1, "tries: 1, most-failed: 1"));
      assertThat(kept.values()).isEqualTo(prose.values());
      assertThat(kept.sent()).isZero();
      assertThat(kept.use()).isEqualTo(prose.use());
    }
  }

  @Test
  void textsThatAreMissingOrTooLongAreCounted() throws IOException {
    AnsweredRows rows = new AnsweredRows(4, TinyTexts.schema());
    KeptAnswer answer =
        new KeptAnswer(List.of(" rain \n snow ", "  ", "x".repeat(99)), "too-few", 1, 1);
    for (int row = 0; row < 4; row++) {
      rows.put(row, answer, row, false);
    }
    assertThat(TinyTexts.text(rows.answers().values(), 0)).isEqualTo("rain snow");
    assertThat(rows.answers().nothing()).isEqualTo(Map.of(1, "empty", 2, "too-long", 3, "too-few"));
  }

  @ParameterizedTest
  @CsvSource({
    "ALL_UNAUTHORISED, INPUT, HTTP 401: it refuses the key; look at the environment variable HOME",
    "ALL_FORBIDDEN, INPUT, HTTP 403: it refuses the key; look at the environment variable HOME",
    "ALL_MISSING, INPUT, no model \"fake\" (no such model); look at architecture.service.url",
    "ALL_REFUSED, INPUT, {refused-request=10}",
    "ALL_PROSE, INPUT, 10 of 10 questions to the chat service came to nothing ({no-json=10})",
    "ALL_FAIL, TRANSIENT, {server-error=10}"
  })
  void whatNoOtherTryMendsEndsTheRun(Trouble trouble, ExitCode code, String message)
      throws IOException {
    try (FakeChat chat = new FakeChat(trouble)) {
      AskingSampler sampler = open(chat, 1, "tries: 2");
      GraftException failure = catchThrowableOfType(GraftException.class, () -> ask(sampler));
      assertThat(failure.exitCode()).isEqualTo(code);
      assertThat(failure).hasMessageContaining(message);
      assertThat(failure.getMessage()).doesNotContain(System.getenv("HOME"));
      assertThat(chat.keys()).containsExactly("Bearer " + System.getenv("HOME"));
    }
  }

  @Test
  void aServiceThatIsNotThereIsTransient() throws IOException {
    FakeChat gone = new FakeChat(Trouble.NONE);
    AskingSampler sampler = open(gone, 1, "tries: 2");
    gone.close();
    GraftException failure = catchThrowableOfType(GraftException.class, () -> ask(sampler));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(failure).hasMessageContaining("{unreachable=10}");
  }

  @Test
  void limitsAreKept() throws IOException {
    try (FakeChat chat = new FakeChat(Trouble.HALF_LIMITED)) {
      AskingSampler slow = open(chat, 1, "per-second: 50, concurrency: 2");
      long start = System.nanoTime();
      assertAllThere(ask(slow));
      double seconds = (System.nanoTime() - start) / 1e9;
      assertThat(seconds).isGreaterThan((chat.requests() - 1) / 50.0);
      assertThat(chat.mostAtATime()).isLessThanOrEqualTo(2);
    }
  }
}
