package dev.graft.model.nn;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Loads libtorch in a process that has it already, in another class loader: on a Flink session
 * cluster every job whose jar brings DJL, and every task that is started again, has a class loader
 * of its own, and Java lets only one of them load a file. DJL calls {@link #load} by name.
 */
public final class NativeLoader {
  /** DJL's property with the name of a class that loads its libraries. */
  static final String PROPERTY = "ai.djl.pytorch.native_helper";

  private static final String ELSEWHERE = "already loaded in another classloader";

  private NativeLoader() {}

  /**
   * The name of this class where it is needed, else null. Where DJL is in a class loader above ours
   * its libraries must be too, which DJL sees to by itself.
   */
  static String forThisClassLoader() {
    ClassLoader own = NativeLoader.class.getClassLoader();
    boolean everybodys = own == ClassLoader.getSystemClassLoader();
    return everybodys || Engine.class.getClassLoader() != own ? null : NativeLoader.class.getName();
  }

  /**
   * Loads one library file for this class loader. DJL's own, which Java calls by its names, is
   * loaded from a copy; of those below it one in the process is enough.
   */
  public static void load(String file) {
    Path library = Path.of(file);
    if (String.valueOf(library.getFileName()).contains("djl_torch")) {
      loadCopy(library);
      return;
    }
    try {
      System.load(file);
    } catch (UnsatisfiedLinkError e) {
      if (!String.valueOf(e.getMessage()).contains(ELSEWHERE)) {
        throw e;
      }
    }
  }

  private static void loadCopy(Path library) {
    try {
      Path copy = Files.createTempFile("graft-", "-" + library.getFileName());
      try {
        Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
        System.load(copy.toString());
      } finally {
        discard(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot copy " + library + ": " + e.getMessage(), e);
    }
  }

  /** What is loaded stays without its name; Windows keeps the file until the process ends. */
  private static void discard(Path copy) {
    try {
      Files.deleteIfExists(copy);
    } catch (IOException e) {
      copy.toFile().deleteOnExit();
    }
  }
}
