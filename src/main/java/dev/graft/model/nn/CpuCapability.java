package dev.graft.model.nn;

import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The instruction set that libtorch may use. Unless a definition says otherwise it is {@code avx2}
 * where the processor has it and {@code default} elsewhere: {@code avx512} is faster, but only
 * machines that have it then agree to the last bit.
 */
public enum CpuCapability {
  DEFAULT("default", "SSE41", "COMPATIBLE", List.of()),
  AVX2("avx2", "AVX2", "AVX2", List.of("avx2")),
  AVX512("avx512", "AVX512_CORE", "AVX512", List.of("avx512f", "avx512bw", "avx512dq", "avx512vl"));

  private static final CpuCapability WIDEST = detect();

  private final String key;
  private final String oneDnn;
  private final String mkl;
  private final List<String> flags;

  CpuCapability(String key, String oneDnn, String mkl, List<String> flags) {
    this.key = key;
    this.oneDnn = oneDnn;
    this.mkl = mkl;
    this.flags = flags;
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

  /** What {@code auto} means on this machine: never more than {@link #AVX2}. */
  public static CpuCapability best() {
    return WIDEST == DEFAULT ? DEFAULT : AVX2;
  }

  /**
   * The capability of a definition.
   *
   * @throws GraftException (exit 2) when this machine does not have it
   */
  public static CpuCapability check(String key) {
    return Arrays.stream(values())
        .filter(one -> one.key.equals(key) && one.ordinal() <= WIDEST.ordinal())
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "compute.capability is %s, but this machine has %s; a definition may say"
                        + " default (any machine) or auto; a stored model needs a machine that has"
                        + " what it was made with",
                    key, WIDEST.key));
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
      List<String> here =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> List.of(line.split("\\s+")))
              .orElse(List.of());
      return Arrays.stream(values())
          .filter(one -> here.containsAll(one.flags))
          .reduce(DEFAULT, (narrower, wider) -> wider);
    } catch (IOException e) {
      return DEFAULT;
    }
  }
}
