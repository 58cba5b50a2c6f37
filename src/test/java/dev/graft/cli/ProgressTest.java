package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private long now;

  private void pass(double seconds) {
    now += (long) (seconds * 1e9);
  }

  @Test
  void figuresSayHowFarHowFastAndHowLongStill() {
    ProgressTask task = new ProgressTask("train generator", 0, 0);
    task.update(0, 3000, "steps", "", 0);
    assertThat(task.figures()).isEqualTo("  0 %  0/3,000 steps");
    task.update(1200, 3000, "steps", "loss 0.231", 10_000_000_000L);
    assertThat(task.figures()).isEqualTo(" 40 %  1,200/3,000 steps  120/s  eta 0:15  loss 0.231");
    task.update(3000, 3000, "steps", "", 100_000_000_000L);
    assertThat(task.figures()).isEqualTo("100 %  3,000/3,000 steps  30/s  in 1:40");
  }

  @Test
  void theRateOfAResumedTaskLeavesOutWhatWasThere() {
    ProgressTask task = new ProgressTask("t", 900, 0);
    task.update(1000, 2000, "steps", "", 10_000_000_000L);
    assertThat(task.rate()).isEqualTo(10);
    assertThat(task.remaining()).isEqualTo(100);
  }

  @Test
  void anUnknownTotalHasNoShareAndNoEnd() {
    ProgressTask task = new ProgressTask("read", 0, 0);
    task.update(500, -1, "records", "", 1_000_000_000L);
    assertThat(task.figures()).isEqualTo("500 records  500/s");
    assertThat(task.finished()).isFalse();
  }

  @Test
  void clocksReadLikeClocks() {
    assertThat(List.of(ProgressTask.clock(9.4), ProgressTask.clock(75), ProgressTask.clock(3725)))
        .containsExactly("0:09", "1:15", "1:02:05");
  }

  @Test
  void aLogGetsTheFirstReportOneEverySoOftenAndTheLast() {
    List<String> lines = new ArrayList<>();
    LogProgress progress =
        new LogProgress(task -> lines.add(task.name() + " " + task.done()), 10, () -> now);
    for (int i = 0; i <= 100; i++) {
      progress.onProgress("a", i, 100, "rows", "");
      pass(0.3);
    }
    progress.onProgress("a", 100, 100, "rows", "");
    progress.onProgress("b", 5, 5, "rows", "");
    progress.onProgress("a", 1, 50, "rows", "next round");
    assertThat(lines).containsExactly("a 0", "a 34", "a 68", "a 100", "b 5", "a 1");
  }

  @Test
  void aTerminalShowsALinePerTaskAndKeepsFinishedOnes() {
    StringWriter screen = new StringWriter();
    TerminalProgress progress = new TerminalProgress(new PrintWriter(screen), 110, () -> now);
    progress.onProgress("judge", 1, 10, "steps", "");
    pass(1);
    progress.onProgress("generator", 1, 10, "steps", "");
    pass(1);
    progress.onProgress("judge", 10, 10, "steps", "");
    String text = screen.toString();
    assertThat(text).contains("\u001b[1A\r\u001b[J").contains("\u001b[2A\r\u001b[J");
    List<String> last = text.substring(text.lastIndexOf('J') + 1).lines().toList();
    assertThat(last).hasSize(2);
    assertThat(last.get(0))
        .contains("judge")
        .contains("[####################]")
        .contains("in 0:02");
    assertThat(last.get(1)).contains("generator").contains("[##------------------]");
    assertThat(text.lines())
        .allMatch(line -> line.replaceAll("\u001b\\[[0-9]*[AJ]", "").length() < 110);
  }

  @Test
  void aTerminalIsNotRedrawnMoreThanTenTimesASecond() {
    StringWriter screen = new StringWriter();
    TerminalProgress progress = new TerminalProgress(new PrintWriter(screen), 80, () -> now);
    for (int i = 0; i < 1000; i++) {
      progress.onProgress("a", i, 100_000, "rows", "");
      pass(0.001);
    }
    assertThat(screen.toString().split("rows", -1)).hasSizeBetween(10, 12);
  }
}
