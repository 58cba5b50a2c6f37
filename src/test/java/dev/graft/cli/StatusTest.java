package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusTest {
  @TempDir Path folder;

  private WorkFolder work;

  @BeforeEach
  void makeASpec() throws IOException {
    work = WorkFolder.make(folder);
  }

  @Test
  void ofARunThatNeverBeganEveryStageIsSaid() {
    CommandRun status = CommandRun.in(folder, "status", "s.yaml");
    assertThat(status.err()).isEmpty();
    assertThat(status.status()).isZero();
    assertThat(status.out().lines().filter(line -> line.endsWith("never begun"))).hasSize(5);
    assertThat(status.out()).contains("no run is at work here; nothing is published");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aCommittedStageTellsWhenHowLongAndItsFigures() throws IOException {
    commitIngest();
    work.note("ingest", "a1", "2026-11-22T01:00:00Z", "2026-11-22T01:01:05Z", 0, "");
    assertThat(CommandRun.in(folder, "status", "s.yaml").out())
        .containsPattern("ingest +[0-9a-f]{16} +committed 2026-11-22T01:01:05Z in 1:05")
        .contains("rows train 40, rows tune 8");
  }

  @Test
  void aStageWhoseFilesAreGoneIsNotCommittedHoweverItIsMarked() throws IOException {
    commitIngest();
    Files.delete(work.directory("ingest").resolve("attempt-a1/statistics.json"));
    assertThat(CommandRun.in(folder, "status", "s.yaml").out())
        .containsPattern("ingest +[0-9a-f]{16} +begun, not finished: 1 attempt")
        .contains("its output is no longer whole");
  }

  private void commitIngest() throws IOException {
    work.commit("ingest", "a1", "{\"rows\": {\"train\": 40, \"tune\": 8}}");
    for (String file :
        List.of("schema.json", "statistics.json", "duplicates.json", "rejects.jsonl")) {
      work.file("ingest", "attempt-a1/" + file, "{}");
    }
  }

  @Test
  void aFailedStageTellsItsAttemptsItsProgressAndTheErrorOfTheLastOne() throws IOException {
    work.note("train", "z9", "2026-11-22T01:00:00Z", "2026-11-22T01:01:00Z", 1, "no memory");
    work.note("train", "b2", "2026-11-22T02:00:00Z", "2026-11-22T02:01:00Z", 3, "no rows left");
    work.file("train", "done/judge.json", "{}");
    work.file("train", "checkpoints/generator/0000000400-" + "a".repeat(64) + ".safetensors", "");
    CommandRun status = CommandRun.in(folder, "status", "s.yaml");
    assertThat(status.out())
        .contains("begun, not finished: 2 attempts, the last at 2026-11-22T02:00:00Z")
        .contains("last error: no rows left")
        .doesNotContain("no memory")
        .contains("generator: step 400")
        .contains("judge: trained");
    JsonNode train = WorkFolder.json("status", folder).at("/stages/1");
    assertThat(train.path("state").textValue()).isEqualTo("BEGUN");
    assertThat(train.path("error").textValue()).isEqualTo("no rows left");
  }

  @Test
  void whatAWorkerSaidOfAFailureIsToldRatherThanWhatTheRunnerMadeOfIt() throws IOException {
    work.note("ingest", "a1", "2026-11-22T01:00:00Z", "2026-11-22T01:01:00Z", 1, "wrapped");
    work.file(
        "ingest",
        "attempt-a1/outcome.json",
        "{\"code\": 3, \"reason\": \"2 of 4 records are bad\", \"attempt\": \"a1\"}");
    assertThat(CommandRun.in(folder, "status", "s.yaml").out())
        .contains("last error: 2 of 4 records are bad");
  }

  @Test
  void aKilledAttemptEndedWithoutAWordAndARunningOneIsAtWork() throws IOException {
    work.note("ingest", "a1", "2026-11-22T01:00:00Z", "", 0, "");
    assertThat(CommandRun.in(folder, "status", "s.yaml").out()).contains("ended without a word");
    try (FileChannel ignored = work.hold()) {
      CommandRun status = CommandRun.in(folder, "status", "s.yaml");
      assertThat(status.out())
          .contains("a run is at work here now")
          .doesNotContain("ended without a word");
    }
  }

  @Test
  void aRefusedAndAPublishedRunSaySo() throws IOException {
    String place = "run=" + work.fingerprint("publish").substring(0, 16);
    Path refused =
        WorkFolder.write(
            folder.resolve("out/" + place + "/_REFUSED"),
            "{\"fingerprint\": \"%s\", \"failures\": [\"copied-rows 0.2 > 0.1\"]}"
                .formatted(work.fingerprint("publish")));
    assertThat(CommandRun.in(folder, "status", "s.yaml").out())
        .contains("refused: " + refused.getParent() + ": copied-rows 0.2 > 0.1");
    Files.delete(refused);
    work.publish(place, work.fingerprint("publish"), "c".repeat(64));
    assertThat(CommandRun.in(folder, "status", "s.yaml").out())
        .contains("published: " + refused.getParent());
  }

  @Test
  void aBadSpecIsExitTwo() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), "name: [");
    assertThat(CommandRun.in(folder, "status", "s.yaml").status()).isEqualTo(2);
  }
}
