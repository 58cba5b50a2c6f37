package dev.graft.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What came of the faults: printed when a proof ends, and kept in {@code target/faults.md} with
 * what the other proofs have found.
 */
final class FaultTable implements AutoCloseable {
  private static final int MOST = 360;
  private static final Path PARTS = Path.of("target/faults");
  private static final Path WHOLE = Path.of("target/faults.md");
  private static final String HEAD =
      """
      | fault | what was done | what happened | digest equal | seconds lost |
      |---|---|---|---|---|
      """;

  private final Path part;
  private final List<String> rows = new ArrayList<>();

  FaultTable(Class<?> proof) {
    this.part = PARTS.resolve(proof.getSimpleName() + ".md");
  }

  /**
   * Adds a fault that was survived, or refused, as it should be.
   *
   * @param done what was done
   * @param happened exit codes and messages
   * @param secondsLost against an undisturbed run; negative where there is nothing to compare
   */
  void add(String fault, String done, String happened, double secondsLost) {
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | yes | %s |",
            cell(fault),
            cell(done),
            cell(happened),
            secondsLost < 0 ? "-" : String.format(Locale.ROOT, "%.1f", secondsLost)));
    System.out.println(rows.get(rows.size() - 1));
  }

  /** Adds a fault that could not be made on this machine. */
  void skipped(String fault, String why) {
    rows.add("| %s | not done here | %s | - | - |".formatted(cell(fault), cell(why)));
    System.out.println(rows.get(rows.size() - 1));
  }

  private static String cell(String text) {
    String line = text.replace("|", "/").replaceAll("\\s+", " ").strip();
    // The cause stands at the end of a long message.
    return line.length() > MOST
        ? line.substring(0, MOST / 3) + " ... " + line.substring(line.length() - 2 * MOST / 3)
        : line;
  }

  @Override
  public void close() {
    try {
      Files.createDirectories(PARTS);
      Files.write(part, rows);
      StringBuilder whole = new StringBuilder(HEAD);
      try (Stream<Path> parts = Files.list(PARTS)) {
        for (Path one : parts.sorted().toList()) {
          whole.append(Files.readString(one));
        }
      }
      Files.writeString(WHOLE, whole);
      System.out.println("\n" + HEAD + String.join("\n", rows) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
