package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft models}. */
@Command(
    name = "models",
    header = "Look into the model store.",
    description = "The store is $${GRAFT_STORE:-models/store}.",
    subcommands = {
      ModelsCommand.ListCommand.class,
      ModelsCommand.ShowCommand.class,
      ModelsExportCommand.class
    })
final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code graft models list}. */
  @Command(name = "list", header = "List all versions of all models.")
  static final class ListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private DirectoryOption directory;
    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    ListCommand(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
      String place = directory.store(surroundings);
      ModelStore store = ModelStore.at(place);
      List<Version> versions = store.list();
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        out.print(Json.pretty(versions));
      } else if (versions.isEmpty()) {
        out.println(
            "the store " + place + " is empty; `graft train SPEC` or `graft run SPEC` fill it");
      } else {
        out.printf("%-28s %-12s %-10s %s%n", "model", "digest", "family", "figures");
        for (Version version : versions) {
          ModelCard card = store.card(version.name(), version.digest());
          out.printf(
              "%-28s %-12s %-10s %s%n",
              version,
              version.digest().substring(0, 12),
              card.definition().family(),
              figures(card));
        }
      }
      out.flush();
      return 0;
    }

    private static String figures(ModelCard card) {
      StringBuilder text = new StringBuilder();
      new TreeMap<>(card.figures())
          .forEach((name, value) -> text.append("%s %.4g  ".formatted(name, value)));
      return text.toString().strip();
    }
  }

  /** {@code graft models show}. */
  @Command(name = "show", header = "Show what is known of one version: its card.")
  static final class ShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ModelArgument model;
    @Mixin private DirectoryOption directory;
    @Mixin private OutputOptions output;
    @Spec private CommandSpec spec;

    ShowCommand(Surroundings surroundings) {
      this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
      String place = directory.store(surroundings);
      ModelStore store = ModelStore.at(place);
      Version version = model.in(store, place);
      ModelCard card = store.card(version.name(), version.digest());
      PrintWriter out = spec.commandLine().getOut();
      if (output.json()) {
        out.print(Json.pretty(card));
      } else {
        out.println(version + "  " + version.digest());
        out.println("family       " + card.definition().family());
        out.println("data         " + card.dataDigest() + " " + card.schema().shape());
        out.println("classes      " + String.join(", ", card.schema().classes()));
        out.println("seed         " + card.seed());
        out.println("best step    " + card.bestStep());
        new TreeMap<>(card.figures())
            .forEach((name, value) -> out.printf("%-12s %.6g%n", name, value));
        section(out, "architecture", card.definition().architecture());
        section(out, "training", card.definition().training());
        section(out, "compute", Json.tree(card.definition().compute()));
      }
      out.flush();
      return 0;
    }

    private static void section(PrintWriter out, String title, JsonNode content) {
      out.println(title);
      for (Map.Entry<String, JsonNode> entry : content.properties()) {
        out.printf("  %-18s %s%n", entry.getKey(), Json.canonical(entry.getValue()));
      }
    }
  }
}
