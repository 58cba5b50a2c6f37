package dev.graft.proof;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A small file system in memory, mounted for one test, that can be filled to the last byte. */
final class FullDisk implements AutoCloseable {
  private final Path mount;

  private FullDisk(Path mount) {
    this.mount = mount;
  }

  /** Whether this machine lets the test mount one. */
  static boolean possible(Path scratch) {
    try (FullDisk disk = mount(scratch.resolve("probe"), 64)) {
      return Files.isDirectory(disk.mount);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** Mounts {@code kibibytes} at a new folder. */
  static FullDisk mount(Path place, int kibibytes) {
    try {
      Files.createDirectories(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", place.toString());
    return new FullDisk(place);
  }

  Path path() {
    return mount;
  }

  /** Leaves no free byte. */
  void fill() {
    byte[] block = new byte[1024];
    try (OutputStream out = Files.newOutputStream(mount.resolve("filler"))) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      // No space is left: that is the purpose.
    }
  }

  /** Frees what {@link #fill} took. */
  void free() throws IOException {
    Files.delete(mount.resolve("filler"));
  }

  /** From now on nothing can be written, except to files that are open. */
  void readOnly() {
    run("mount", "--bind", mount.toString(), mount.toString());
    run("mount", "-o", "remount,bind,ro", mount.toString());
  }

  /** Takes {@link #readOnly} back. */
  void writable() {
    run("umount", "-l", mount.toString());
  }

  @Override
  public void close() {
    run("umount", "-l", mount.toString());
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said.strip());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
