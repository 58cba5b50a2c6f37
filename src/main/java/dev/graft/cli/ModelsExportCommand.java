package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.model.store.ModelExport;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code graft models export}. */
@Command(
    name = "export",
    header = "Write a generator in files that need no Graft.",
    description =
        "model.pt is TorchScript: torch.jit.load(...)(noise, label) gives images (B, C, H, W) with"
            + " values in [0, 1] of standard normal noise and 64-bit class numbers."
            + " model.safetensors has its weights, samples.safetensors noise, labels and images to"
            + " check it by, external.yaml its definition for use in a spec.")
final class ModelsExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private ModelArgument model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "DIR",
      description = "Folder for the files; made when there is none.")
  private String to;

  @Option(
      names = "--samples",
      defaultValue = "16",
      paramLabel = "N",
      description = "Samples in samples.safetensors (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(names = "--weights-only", description = "Write model.safetensors alone.")
  private boolean weightsOnly;

  @Mixin private DirectoryOption directory;
  @Spec private CommandSpec spec;

  ModelsExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (samples < 1) {
      throw GraftException.usage("--samples is %d; allowed: 1 and more", samples);
    }
    String place = directory.store(surroundings);
    ModelStore store = ModelStore.at(place);
    Version version = model.in(store, place);
    ModelExport export = new ModelExport(store.load(version.name(), version.digest()));
    String folder = directory.location(surroundings, to);
    if (weightsOnly) {
      export.writeWeights(folder);
    } else {
      export.write(folder, samples);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(version + " is in " + folder);
    out.flush();
    return 0;
  }
}
