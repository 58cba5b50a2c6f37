package dev.graft.cli;

import dev.graft.cli.init.SpecDraft;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft init}. */
@Command(
    name = "init",
    header = "Look at data and write a first spec for it, with comments.",
    description =
        "Knows class folders of PNG or JPEG files, IDX files, Parquet files with images or texts,"
            + " and CSV, TSV and JSON Lines files with texts, one or a pair in a row.")
final class InitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "DIR", description = "A folder or file with labelled pictures or texts.")
  private Path place;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "File to write; must not be there yet. Default: standard output.")
  private Path file;

  @Mixin private DirectoryOption directory;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  InitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path start = directory.resolve(surroundings);
    if (file != null && Files.exists(start.resolve(file))) {
      throw GraftException.usage("%s is there already; name another file", file);
    }
    String draft = SpecDraft.of(start, place);
    PrintWriter out = spec.commandLine().getOut();
    if (file == null) {
      out.print(draft);
    } else {
      try {
        Files.writeString(start.resolve(file), draft);
      } catch (IOException e) {
        throw new GraftException(
            ExitCode.USAGE,
            "cannot write " + file + " (" + e + "); name a file in a folder that can be written to",
            e);
      }
      out.println("wrote " + file + "; next: graft validate " + file);
    }
    out.flush();
    return 0;
  }
}
