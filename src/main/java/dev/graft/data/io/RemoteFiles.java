package dev.graft.data.io;

import com.google.common.base.Suppliers;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/**
 * Files of Beam's file systems other than the local disk. Beam knows these only once it was given
 * options, by a runner on its workers or by the launcher; until then they have its defaults.
 */
final class RemoteFiles {
  /** Their objects appear whole when the writer closes them. */
  private static final Set<String> OBJECT_STORES = Set.of("gs", "s3");

  private static final String TYPE = "application/octet-stream";

  private static final Supplier<PipelineOptions> DEFAULTS =
      Suppliers.memoize(PipelineOptionsFactory::create);

  private static Supplier<PipelineOptions> pending;

  private RemoteFiles() {}

  /** Whether a file that is written under its own name is seen by nobody before it is whole. */
  static boolean appearsWhole(String location) {
    return OBJECT_STORES.contains(location.substring(0, location.indexOf(':')));
  }

  /**
   * Whether there is a file; folders are none.
   *
   * @throws IOException when that cannot be told, which must not be taken for a no
   */
  static boolean exists(String location) throws IOException {
    if (location.endsWith("/")) {
      return false;
    }
    MatchResult match = match(location);
    return match.status() == MatchResult.Status.OK && !match.metadata().isEmpty();
  }

  static InputStream open(String location) throws IOException {
    return Channels.newInputStream(FileSystems.open(resource(location)));
  }

  static SeekableByteChannel openSeekable(String location) throws IOException {
    return (SeekableByteChannel) FileSystems.open(resource(location));
  }

  static OutputStream create(String location) throws IOException {
    return Channels.newOutputStream(FileSystems.create(resource(location), TYPE));
  }

  /** Replaces the target; both names are of the same file system. */
  static void move(String from, String to) throws IOException {
    FileSystems.rename(List.of(resource(from)), List.of(resource(to)));
  }

  /** Copies files, source to target, within their file system where it can. */
  static void copy(Map<String, String> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    FileSystems.copy(resources(files.keySet()), resources(files.values()));
  }

  /** All files below a folder, also those whose names start with a dot. */
  static List<Storage.Entry> below(String directory) throws IOException {
    List<Storage.Entry> entries = new ArrayList<>();
    MatchResult match = match(Storage.resolve(directory, "**"));
    if (match.status() == MatchResult.Status.NOT_FOUND) {
      return entries;
    }
    for (MatchResult.Metadata metadata : match.metadata()) {
      entries.add(
          new Storage.Entry(
              metadata.resourceId().toString(),
              metadata.sizeBytes(),
              metadata.lastModifiedMillis()));
    }
    return entries;
  }

  /** Removes a file, or all files below a folder. */
  static void delete(String location) throws IOException {
    List<ResourceId> resources = new ArrayList<>();
    for (Storage.Entry entry : below(location)) {
      resources.add(resource(entry.location()));
    }
    if (exists(location)) {
      resources.add(resource(location));
    }
    if (!resources.isEmpty()) {
      FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
    }
  }

  private static MatchResult match(String pattern) throws IOException {
    register();
    MatchResult match = FileSystems.match(pattern, EmptyMatchTreatment.ALLOW);
    if (match.status() == MatchResult.Status.ERROR) {
      match.metadata(); // throws the error
    }
    return match;
  }

  private static List<ResourceId> resources(Iterable<String> locations) {
    List<ResourceId> resources = new ArrayList<>();
    locations.forEach(location -> resources.add(resource(location)));
    return resources;
  }

  private static ResourceId resource(String location) {
    register();
    return FileSystems.matchNewResource(location, false);
  }

  static synchronized void reachBy(Supplier<PipelineOptions> options) {
    pending = options;
  }

  private static synchronized void register() {
    if (pending == null) {
      FileSystems.registerFileSystemsOnce(DEFAULTS.get());
      return;
    }
    FileSystems.setDefaultPipelineOptions(pending.get());
    pending = null;
  }
}
