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
 * @param classLoaders those with classes of their own, without those of reflective calls
 * @param threads of the operating system
 * @param residentMb MB of memory
 * @param trimmedMb MB of it after the C library has handed back what nobody holds
 * @param heapMb MB that are Java objects
 * @param codeMb MB of code that Java's compiler has made
 */
record ProcessUse(
    long classLoaders,
    long threads,
    double residentMb,
    double trimmedMb,
    double heapMb,
    double codeMb) {
  /**
   * The virtual machine gives each method that is often called by reflection one, and takes it
   * back.
   */
  private static final String REFLECTION = "jdk.internal.reflect.DelegatingClassLoader";

  private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Pattern CODE = Pattern.compile("size=\\d+Kb used=(\\d+)Kb");
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
        ask(process, "VM.classloader_stats")
            .lines()
            .filter(line -> line.startsWith("0x") && !line.contains(REFLECTION))
            .count();
    double heap =
        USED.matcher(ask(process, "GC.heap_info"))
            .results()
            .mapToLong(match -> Long.parseLong(match.group(1)))
            .sum();
    double code =
        CODE.matcher(ask(process, "Compiler.codecache"))
            .results()
            .mapToLong(match -> Long.parseLong(match.group(1)))
            .sum();
    String status = status(process);
    ask(process, "System.trim_native_heap");
    return new ProcessUse(
        loaders,
        number(THREADS, status),
        number(RESIDENT, status) / 1e3,
        number(RESIDENT, status(process)) / 1e3,
        heap / 1e3,
        code / 1e3);
  }

  private static String status(String process) {
    try {
      return Files.readString(Path.of("/proc/" + process + "/status"));
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
