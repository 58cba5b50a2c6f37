package dev.graft.cli.init;

import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A folder per class; also with {@code train}, and perhaps {@code test}, above them. */
final class ClassFoldersScout implements Scout {
  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "validation");

  @Override
  public Optional<Found> look(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    Optional<Path> train = below(place, TRAIN);
    Optional<Path> test = below(place, TEST);
    boolean parted = train.isPresent() && test.isPresent();
    Path root = parted || train.isPresent() && holdsClasses(train.get()) ? train.get() : place;
    List<SourceFile> pictures =
        SourceFiles.at(root.toString()).stream().filter(ClassFoldersScout::isPicture).toList();
    if (pictures.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> counts = new TreeMap<>();
    SourceFiles.folders(root.toString()).forEach(name -> counts.put(name, 0L));
    for (SourceFile file : pictures) {
      counts.merge(file.name().substring(0, file.name().indexOf('/')), 1L, Long::sum);
    }
    return Optional.of(
        new Found(
            "class-folders",
            Map.of("path", root.toString()),
            parted ? Map.of("path", test.get().toString()) : Map.of(),
            counts,
            false,
            false,
            facts(pictures)));
  }

  private static Optional<Path> below(Path place, List<String> names) {
    return names.stream().map(place::resolve).filter(Files::isDirectory).findFirst();
  }

  /** Whether it stands above classes; the folder of a class has pictures directly in it. */
  private static boolean holdsClasses(Path folder) {
    List<SourceFile> files = SourceFiles.at(folder.toString());
    return files.stream().anyMatch(ClassFoldersScout::isPicture)
        && files.stream().allMatch(file -> file.name().contains("/"));
  }

  private static boolean isPicture(SourceFile file) {
    String name = file.name().toLowerCase(Locale.ROOT);
    return name.contains("/") && name.matches(".*\\.(png|jpe?g|gif|bmp)");
  }

  /** A look at files spread over the whole dataset. */
  private static PictureFacts facts(List<SourceFile> pictures) throws IOException {
    PictureFacts facts = new PictureFacts();
    int step = Math.max(1, pictures.size() / LOOK_AT);
    for (int i = 0; i < pictures.size(); i += step) {
      facts.look(Files.readAllBytes(Path.of(pictures.get(i).location())));
    }
    return facts;
  }
}
