package dev.graft.cli.init;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** IDX files, plain or gzipped: images and labels, and those of a test set ({@code t10k}, test). */
final class IdxScout implements Scout {
  private static final int IMAGES = 0x00000803;
  private static final int LABELS = 0x00000801;

  @Override
  public Optional<Found> look(Path place) throws IOException {
    Path folder = Files.isDirectory(place) ? place : place.getParent();
    if (folder == null) {
      return Optional.empty();
    }
    Map<Path, Integer> magics = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        magics.put(file, magic(file));
      }
    }
    Optional<Path> images = pick(magics, IMAGES, false);
    Optional<Path> labels = pick(magics, LABELS, false);
    if (images.isEmpty() || labels.isEmpty()) {
      return Optional.empty();
    }
    Optional<Path> testImages = pick(magics, IMAGES, true);
    Optional<Path> testLabels = pick(magics, LABELS, true);
    boolean test = testImages.isPresent() && testLabels.isPresent();
    return Optional.of(
        new Found(
            "idx",
            locations(images.get(), labels.get()),
            test ? locations(testImages.get(), testLabels.get()) : Map.of(),
            counts(labels.get()),
            false,
            true,
            pictures(images.get())));
  }

  private static Map<String, String> locations(Path images, Path labels) {
    Map<String, String> locations = new LinkedHashMap<>();
    locations.put("images", images.toString());
    locations.put("labels", labels.toString());
    return locations;
  }

  private static Optional<Path> pick(Map<Path, Integer> magics, int magic, boolean test) {
    return magics.entrySet().stream()
        .filter(entry -> entry.getValue() == magic)
        .map(Map.Entry::getKey)
        .filter(file -> file.getFileName().toString().matches(".*(t10k|test).*") == test)
        .findFirst();
  }

  private static int magic(Path file) throws IOException {
    if (Files.size(file) < 8) {
      return 0;
    }
    try (DataInputStream in = open(file)) {
      return in.readInt();
    } catch (IOException e) {
      return 0;
    }
  }

  private static Map<String, Long> counts(Path labels) throws IOException {
    long[] counts = new long[256];
    int classes = 0;
    try (DataInputStream in = open(labels)) {
      in.readInt();
      in.readInt();
      for (int label = in.read(); label >= 0; label = in.read()) {
        counts[label]++;
        classes = Math.max(classes, label + 1);
      }
    }
    Map<String, Long> byName = new LinkedHashMap<>();
    for (int label = 0; label < classes; label++) {
      byName.put(Integer.toString(label), counts[label]);
    }
    return byName;
  }

  private static PictureFacts pictures(Path images) throws IOException {
    try (DataInputStream in = open(images)) {
      in.readInt();
      int count = in.readInt();
      return PictureFacts.grey(in.readInt(), in.readInt(), count);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return new DataInputStream(
        zipped ? new BufferedInputStream(new GZIPInputStream(in), 1 << 16) : in);
  }
}
