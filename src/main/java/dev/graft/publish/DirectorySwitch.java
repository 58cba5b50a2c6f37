package dev.graft.publish;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Puts a directory in the place of another. On Linux the two are exchanged in one step, so that the
 * place always holds one of them; elsewhere it is empty for the moment between two renames.
 */
final class DirectorySwitch {
  private static final int AT_FDCWD = -100;
  private static final int RENAME_EXCHANGE = 2;

  /** The one call that is needed of the C library. */
  interface LibC extends Library {
    int renameat2(int fromDirectory, String from, int toDirectory, String to, int flags);
  }

  private DirectorySwitch() {}

  /** Afterwards {@code next} is at {@code place}, and what was there is at {@code aside}. */
  static void replace(Path place, Path next, Path aside) throws IOException {
    Files.createDirectories(aside.getParent());
    if (exchange(place, next)) {
      Files.move(next, aside, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    twoRenames(place, next, aside);
  }

  static void twoRenames(Path place, Path next, Path aside) throws IOException {
    Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(next, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
  }

  /** True when the two have changed places; false where the system cannot do that. */
  static boolean exchange(Path a, Path b) {
    if (!Platform.isLinux()) {
      return false;
    }
    try {
      LibC libC = Native.load("c", LibC.class);
      return libC.renameat2(
              AT_FDCWD,
              a.toAbsolutePath().toString(),
              AT_FDCWD,
              b.toAbsolutePath().toString(),
              RENAME_EXCHANGE)
          == 0;
    } catch (LinkageError e) {
      return false;
    }
  }
}
