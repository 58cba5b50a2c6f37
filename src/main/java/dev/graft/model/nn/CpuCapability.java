package dev.graft.model.nn;

import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The instruction set that libtorch may use: {@code avx2} where the processor has it, otherwise
 * {@code default}. Wider sets are left out on purpose, so that machines of one kind agree to the
 * last bit.
 */
public enum CpuCapability {
  DEFAULT("default", "SSE41", "COMPATIBLE"),
  AVX2("avx2", "AVX2", "AVX2");

  private static final CpuCapability BEST = detect();

  private final String key;
  private final String oneDnn;
  private final String mkl;

  CpuCapability(String key, String oneDnn, String mkl) {
    this.key = key;
    this.oneDnn = oneDnn;
    this.mkl = mkl;
  }

  /** The value of {@code ATEN_CPU_CAPABILITY}, as in model definitions. */
  public String key() {
    return key;
  }

  /** The value of {@code ONEDNN_MAX_CPU_ISA}. */
  String oneDnn() {
    return oneDnn;
  }

  /** The value of {@code MKL_CBWR}, which keeps matrix products alike across processors. */
  String mkl() {
    return mkl;
  }

  /** The best one of this machine. */
  public static CpuCapability best() {
    return BEST;
  }

  /**
   * Refuses a capability that this machine does not have.
   *
   * @throws GraftException (exit 2)
   */
  public static void check(String key) {
    boolean has = Arrays.stream(values()).anyMatch(one -> one.key.equals(key) && one.isHere());
    if (!has) {
      throw GraftException.usage(
          "compute.capability is %s, but this machine has %s; a definition may say default (any"
              + " machine) or auto; a stored model needs a machine that has what it was made with",
          key, BEST.key);
    }
  }

  private boolean isHere() {
    return ordinal() <= BEST.ordinal();
  }

  private static CpuCapability detect() {
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!arch.equals("amd64") && !arch.equals("x86_64")) {
      return DEFAULT;
    }
    Path processors = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(processors)) {
      return AVX2; // every x86-64 Mac and Windows machine that libtorch 2.7 supports
    }
    try (Stream<String> lines = Files.lines(processors)) {
      return lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .filter(line -> (line + " ").contains(" avx2 "))
              .isPresent()
          ? AVX2
          : DEFAULT;
    } catch (IOException e) {
      return DEFAULT;
    }
  }
}
