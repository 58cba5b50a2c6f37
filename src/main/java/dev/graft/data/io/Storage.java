package dev.graft.data.io;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Files by location, on the local disk ({@code /a/b}, {@code a/b}) or any Beam file system ({@code
 * gs://...}). A whole file becomes visible at once: it is written under a temporary name and
 * renamed.
 */
public final class Storage {
  /** How names of files begin that are still being written. */
  private static final String TEMPORARY = ".tmp-";

  /**
   * One file of a listing.
   *
   * @param location absolute
   * @param size in bytes
   */
  public record Entry(String location, long size) {
    /** The last path segment. */
    public String name() {
      return location.substring(location.lastIndexOf('/') + 1);
    }
  }

  private Storage() {}

  /**
   * How object stores are reached from now on, in this process; without it as Beam does by default.
   *
   * @param options asked for at the first use of an object store
   */
  public static void reachBy(Supplier<PipelineOptions> options) {
    RemoteFiles.reachBy(options);
  }

  /** True for a path of the local disk, false for {@code scheme://} locations. */
  public static boolean isLocal(String location) {
    return !location.contains("://");
  }

  /** {@code base/child}, or {@code child} itself when it is absolute. */
  public static String resolve(String base, String child) {
    if (child.startsWith("/") || !isLocal(child)) {
      return child;
    }
    return base.endsWith("/") ? base + child : base + "/" + child;
  }

  /** The path of a listed file below the directory that was listed. */
  public static String relative(String directory, String location) {
    String root =
        Path.of(isLocal(directory) ? directory : directory.substring(directory.indexOf("://") + 3))
            .toString();
    return location.substring(location.indexOf(root) + root.length() + 1);
  }

  /**
   * Whether there is a file, or on the local disk a folder.
   *
   * @throws UncheckedIOException when an object store does not tell
   */
  public static boolean exists(String location) {
    if (isLocal(location)) {
      return Files.exists(Path.of(location));
    }
    try {
      return RemoteFiles.exists(location);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot tell whether " + location + " exists", e);
    }
  }

  public static byte[] read(String location) {
    try (InputStream in = open(location)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String readText(String location) {
    return new String(read(location), StandardCharsets.UTF_8);
  }

  public static InputStream open(String location) throws IOException {
    if (isLocal(location)) {
      return Files.newInputStream(Path.of(location));
    }
    return RemoteFiles.open(location);
  }

  /** Opens for random access. */
  public static SeekableByteChannel openSeekable(String location) throws IOException {
    if (isLocal(location)) {
      return Files.newByteChannel(Path.of(location));
    }
    return RemoteFiles.openSeekable(location);
  }

  /**
   * A stream to exactly this name; see {@link #write} and {@link #move} for whole-file visibility.
   */
  public static OutputStream create(String location) throws IOException {
    if (isLocal(location)) {
      Path path = Path.of(location);
      if (path.toAbsolutePath().getParent() != null) {
        Files.createDirectories(path.toAbsolutePath().getParent());
      }
      return Files.newOutputStream(path);
    }
    return RemoteFiles.create(location);
  }

  /** Writes a whole file that readers see complete or not at all; replaces an existing one. */
  public static void write(String location, byte[] content) {
    boolean direct = !isLocal(location) && RemoteFiles.appearsWhole(location);
    String written = direct ? location : temporaryName(location);
    try {
      try (OutputStream out = create(written)) {
        out.write(content);
      }
      if (!direct) {
        move(written, location);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void writeText(String location, String text) {
    write(location, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A name beside {@code location} for a file that is still being written; hidden from {@link
   * #list}.
   */
  public static String temporaryName(String location) {
    int slash = location.lastIndexOf('/');
    return location.substring(0, slash + 1)
        + TEMPORARY
        + Long.toHexString(ProcessHandle.current().pid())
        + "-"
        + Long.toHexString(System.nanoTime())
        + "-"
        + location.substring(slash + 1);
  }

  /**
   * What writers have begun below {@code directory} and not finished, sorted; most of it is of
   * writers that are dead.
   */
  public static List<Entry> temporaries(String directory) {
    List<Entry> entries = new ArrayList<>();
    try {
      if (!isLocal(directory)) {
        entries.addAll(RemoteFiles.below(directory));
      } else if (Files.isDirectory(Path.of(directory))) {
        Files.walkFileTree(Path.of(directory), new Listing(entries, true));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries.stream()
        .filter(entry -> entry.name().startsWith(TEMPORARY))
        .sorted(Comparator.comparing(Entry::location))
        .toList();
  }

  /** Renames, replacing the target. */
  public static void move(String from, String to) throws IOException {
    if (isLocal(from)) {
      Files.createDirectories(Path.of(to).toAbsolutePath().getParent());
      Files.move(
          Path.of(from),
          Path.of(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    RemoteFiles.move(from, to);
  }

  /**
   * Copies whole files; those of an object store without reading them here.
   *
   * @param files target by source, all of one file system
   */
  public static void copy(Map<String, String> files) {
    try {
      if (files.values().stream().anyMatch(target -> !isLocal(target))) {
        RemoteFiles.copy(files);
        return;
      }
      for (Map.Entry<String, String> file : files.entrySet()) {
        write(file.getValue(), read(file.getKey()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The files directly in or below {@code directory} whose names do not start with a dot, sorted.
   */
  public static List<Entry> list(String directory) {
    List<Entry> entries = new ArrayList<>();
    try {
      if (isLocal(directory)) {
        Path root = Path.of(directory);
        if (!Files.isDirectory(root)) {
          return List.of();
        }
        Files.walkFileTree(root, new Listing(entries, false));
      } else {
        RemoteFiles.below(directory).stream()
            .filter(entry -> !entry.name().startsWith("."))
            .forEach(entries::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    entries.sort(Comparator.comparing(Entry::location));
    return entries;
  }

  /** Gathers files; passes over those that go away meanwhile, as others' temporary files do. */
  private static final class Listing extends SimpleFileVisitor<Path> {
    private final List<Entry> entries;
    private final boolean all;

    Listing(List<Entry> entries, boolean all) {
      this.entries = entries;
      this.all = all;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      boolean hidden = !all && file.getFileName().toString().startsWith(".");
      if (!hidden && attributes.isRegularFile()) {
        entries.add(new Entry(file.toString(), attributes.size()));
      } else if (!hidden && Files.isRegularFile(file)) { // a link to one
        entries.add(new Entry(file.toString(), Files.size(file)));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }

  /** Removes a file or a whole folder; nothing happens when there is none. */
  public static void delete(String location) {
    try {
      if (!isLocal(location)) {
        RemoteFiles.delete(location);
        return;
      }
      Path root = Path.of(location);
      if (!Files.exists(root)) {
        return;
      }
      try (Stream<Path> paths = Files.walk(root)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's size in bytes. */
  public static long size(String location) {
    try (SeekableByteChannel channel = openSeekable(location)) {
      return channel.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 of a file's content, in lower-case hexadecimal. */
  public static String sha256(String location) {
    var hasher = Hashing.sha256().newHasher();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = open(location)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        hasher.putBytes(ByteBuffer.wrap(buffer, 0, count));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return hasher.hash().toString();
  }
}
