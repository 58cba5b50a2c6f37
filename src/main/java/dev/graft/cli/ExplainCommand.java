package dev.graft.cli;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.modality.Modalities;
import dev.graft.model.DerivingSampler;
import dev.graft.model.Looks;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.insight.SampleStrips;
import dev.graft.model.insight.Traversals;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.ModelStore.Version;
import dev.graft.publish.Manifest;
import dev.graft.publish.SampleStories;
import dev.graft.report.DatasetStoryPage;
import dev.graft.spec.GenerationMode.Kind;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft explain}. */
@Command(
    name = "explain",
    header = "Show what a generator has learnt, or why samples of a dataset were kept or refused.",
    description =
        "One self-contained HTML page. Of a dataset: samples of each class, kept and refused, with"
            + " their scores and nearest real rows, and how many real rows of each class it misses."
            + " Of a model: of each class a sample that is moved along the directions of the noise"
            + " that change its pictures most, and what of them changes; then paths between"
            + " samples, and variations of them. For generators"
            + " with a latent: vae, gan, wgan-gp and began.")
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "MODEL|DATASET",
      description =
          "A model of the store, NAME@VERSION, without @VERSION the newest; or the path of a"
              + " published folder, such as out/quickstart/dt=2026-11-22.")
  private String subject;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE",
      description = "The page to write, such as out/image-vae.html.")
  private String to;

  @Option(
      names = "--directions",
      defaultValue = "8",
      paramLabel = "N",
      description = "How many directions (default: ${DEFAULT-VALUE}).")
  private int directions;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "Chooses the samples that are moved (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--samples",
      defaultValue = "3",
      paramLabel = "N",
      description =
          "Of a dataset: kept samples of a class, and refused ones of a class and rule (default:"
              + " ${DEFAULT-VALUE}).")
  private int samples;

  @Mixin private DirectoryOption directory;
  @Spec private CommandSpec spec;

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    if (directions < 1) {
      throw GraftException.usage("--directions is %d; allowed: 1 and more", directions);
    }
    if (samples < 1) {
      throw GraftException.usage("--samples is %d; allowed: 1 and more", samples);
    }
    String file = directory.location(surroundings, to);
    String place = directory.store(surroundings);
    String what = subject.contains("/") ? dataset(place, file) : model(place, file);
    PrintWriter out = spec.commandLine().getOut();
    out.println(what + " is explained in " + file);
    out.flush();
    return 0;
  }

  private String dataset(String place, String file) {
    String folder = directory.location(surroundings, subject);
    SampleStories stories = SampleStories.of(folder, place, samples);
    DatasetSchema schema =
        new DatasetSchema(stories.modality(), List.of(), stories.classes())
            .withSpans(Manifest.read(folder).map(Manifest::spanKinds).orElse(List.of()));
    Storage.writeText(
        file,
        new DatasetStoryPage(stories, Modalities.get(stories.modality()).view(schema)).html());
    return folder;
  }

  private String model(String place, String file) throws IOException {
    ModelStore store = ModelStore.at(place);
    Version version = version(store, place);
    StoredModel stored = store.load(version.name(), version.digest());
    Optional<Traversals> traversals = Traversals.of(stored, directions, seed);
    SampleStrips strips = strips(stored);
    if (traversals.isEmpty() && strips.strips().isEmpty()) {
      throw GraftException.usage(
          "%s is of family %s: there is no latent to walk through, and it makes neither paths nor"
              + " variations; `graft preview` shows samples of a spec's generator",
          version, stored.card().definition().family());
    }
    Storage.writeText(
        file,
        new TraversalSheet(version.toString(), stored.card().schema()).page(traversals, strips));
    return version.toString();
  }

  private Version version(ModelStore store, String place) {
    try {
      return ModelArgument.in(store, place, subject);
    } catch (GraftException e) {
      boolean folder = Storage.exists(directory.location(surroundings, subject));
      throw folder
          ? new GraftException(e.exitCode(), e.getMessage() + "; for the folder write ./" + subject)
          : e;
    }
  }

  /** Between samples that it draws: the rows that a model was trained on are not in the store. */
  private SampleStrips strips(StoredModel stored) throws IOException {
    ModelDefinition definition = stored.card().definition();
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    Set<Kind> modes = family.modes(definition);
    if (modes.isEmpty()) {
      return new SampleStrips(List.of());
    }
    try (DerivingSampler sampler = (DerivingSampler) family.open(stored)) {
      return SampleStrips.of(
          sampler, modes, stored.card().schema(), Optional.empty(), List.of(Looks.VALUES), seed);
    }
  }
}
