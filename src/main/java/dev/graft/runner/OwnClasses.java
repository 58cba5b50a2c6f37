package dev.graft.runner;

import com.google.common.base.Suppliers;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Graft's own classes, as this process has loaded them. */
public final class OwnClasses {
  private static final Supplier<String> DIGEST = Suppliers.memoize(() -> digest(location()));

  private OwnClasses() {}

  /** Graft's jar, or the folder of its classes in a build. */
  public static Path location() {
    URL location = OwnClasses.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      return Path.of(location.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** SHA-256 over the names and bytes of all classes, the same for a jar and a folder of them. */
  public static String digest() {
    return DIGEST.get();
  }

  static String digest(Path location) {
    try {
      if (Files.isDirectory(location)) {
        return digestBelow(location);
      }
      try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
        return digestBelow(jar.getPath("/"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digestBelow(Path root) throws IOException {
    Hasher hasher = Hashing.sha256().newHasher();
    try (Stream<Path> files = Files.walk(root.resolve("dev/graft"))) {
      List<Path> classes =
          files
              .filter(file -> file.toString().endsWith(".class"))
              .sorted(Comparator.comparing(Path::toString))
              .toList();
      for (Path file : classes) {
        hasher.putString(root.relativize(file).toString(), StandardCharsets.UTF_8);
        hasher.putBytes(Files.readAllBytes(file));
      }
    }
    return hasher.hash().toString();
  }
}
