package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a Java process holds after collections of its garbage.
 *
 * @param classLoaders those with classes of their own
 * @param threads of the operating system
 * @param residentMb MB of memory
 * @param heapMb MB of it that are Java objects
 */
record ProcessUse(long classLoaders, long threads, double residentMb, double heapMb) {
  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern USED = Pattern.compile("(?:PSYoungGen|ParOldGen).* used (\\d+)K");

  /** Of a process of this user. */
  static ProcessUse of(long pid) {
    String process = Long.toString(pid);
    // What refers to a class loader weakly or by a cleaner goes by a later collection.
    for (int collection = 0; collection < 3; collection++) {
      ask(process, "GC.run");
      ask(process, "GC.run_finalization");
    }
    long loaders =
        ask(process, "VM.classloader_stats").lines().filter(line -> line.startsWith("0x")).count();
    try {
      String status = Files.readString(Path.of("/proc/" + process + "/status"));
      double used =
          USED.matcher(ask(process, "GC.heap_info"))
              .results()
              .mapToLong(match -> Long.parseLong(match.group(1)))
              .sum();
      return new ProcessUse(
          loaders, number(THREADS, status), number(RESIDENT, status) / 1e3, used / 1e3);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String ask(String process, String question) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process answer =
          new ProcessBuilder(jcmd.toString(), process, question).redirectErrorStream(true).start();
      String text = new String(answer.getInputStream().readAllBytes());
      assertThat(answer.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(answer.exitValue()).as(text).isZero();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
