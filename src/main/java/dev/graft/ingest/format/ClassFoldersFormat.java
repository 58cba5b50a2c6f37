package dev.graft.ingest.format;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.ingest.RecordSink;
import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceRange;
import dev.graft.ingest.SourceRecord;
import dev.graft.modality.BadRecord;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * {@code class-folders}: one sub-folder of {@code path} per class, holding PNG, JPEG, GIF or BMP
 * files, at any depth. Class ids follow the sorted folder names, or the declared classes. Hidden
 * files and files with other extensions are passed over; an image in no folder of a class is {@code
 * mislabelled}.
 */
public final class ClassFoldersFormat implements SourceFormat {
  private static final String PATH = "path";
  private static final int FILES_PER_RANGE = 256;
  private static final long BYTES_PER_RANGE = 32L << 20;
  private static final Pattern IMAGE = Pattern.compile(".*\\.(png|jpe?g|gif|bmp)");

  @Override
  public String name() {
    return "class-folders";
  }

  @Override
  public List<String> paths() {
    return List.of(PATH);
  }

  @Override
  public List<String> classes(Map<String, String> locations) throws IOException {
    String root = locations.get(PATH);
    TreeSet<String> names = new TreeSet<>(SourceFiles.folders(folder(root)));
    for (SourceFile file : images(root)) {
      if (file.name().contains("/")) {
        names.add(classOf(file.name()));
      }
    }
    if (names.isEmpty()) {
      throw GraftException.input("%s has no sub-folders; one per class is expected", root);
    }
    return List.copyOf(names);
  }

  @Override
  public List<SourceRange> ranges(Map<String, String> locations, RecordLimits limits) {
    List<SourceRange> ranges = new ArrayList<>();
    List<String> names = new ArrayList<>();
    long bytes = 0;
    for (SourceFile file : images(folder(locations.get(PATH)))) {
      if (names.size() == FILES_PER_RANGE || (bytes > 0 && bytes + file.size() > BYTES_PER_RANGE)) {
        ranges.add(range(locations, names));
        names = new ArrayList<>();
        bytes = 0;
      }
      names.add(file.name());
      bytes += file.size();
    }
    if (!names.isEmpty()) {
      ranges.add(range(locations, names));
    }
    return ranges;
  }

  private static SourceRange range(Map<String, String> locations, List<String> names) {
    return new SourceRange(locations, names, 0, names.size(), 0, names.size());
  }

  @Override
  public void read(SourceRange range, RecordSink sink) throws IOException {
    String root = range.locations().get(PATH);
    for (String name : range.files()) {
      String location = Storage.resolve(root, name);
      try {
        if (!name.contains("/")) {
          throw new BadRecord("mislabelled", "the file lies in no class folder");
        }
        int label = sink.classes().ofName(classOf(name));
        sink.accept(
            new SourceRecord(
                name, 0, label, "", false, content(location, sink.maxBytes()), Optional.empty()));
      } catch (BadRecord e) {
        sink.reject(name, 0, e);
      }
    }
  }

  private static byte[] content(String location, long maxBytes) throws BadRecord, IOException {
    try (var channel = Storage.openSeekable(location)) {
      if (channel.size() > maxBytes) {
        throw new BadRecord(
            "oversized", channel.size() + " bytes; at most " + maxBytes + " are allowed");
      }
    }
    try (var in = Storage.open(location)) {
      return in.readAllBytes();
    }
  }

  private static String folder(String root) {
    if (!SourceFiles.isFolder(root)) {
      throw Storage.exists(root)
          ? GraftException.input("%s is a file; the format class-folders takes a folder", root)
          : GraftException.input("%s does not exist", root);
    }
    return root;
  }

  private static List<SourceFile> images(String root) {
    return SourceFiles.at(root).stream()
        .filter(file -> IMAGE.matcher(file.name().toLowerCase(Locale.ROOT)).matches())
        .toList();
  }

  private static String classOf(String name) {
    return name.substring(0, name.indexOf('/'));
  }
}
