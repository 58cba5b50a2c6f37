package dev.graft.model.nn;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition.Compute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts libtorch once per process: offline, without telemetry, with the threads and the
 * instruction set that model definitions declare. Every use of DJL goes through {@link
 * #newManager}, so that nothing loads the engine before it is set up, on whatever worker thread it
 * happens.
 */
public final class TorchEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TorchEngine.class);
  private static final String NAME = "PyTorch";
  private static final String IN_PROCESS = "dev.graft.torch.capability";

  /**
   * An option of glibc's allocator.
   *
   * @param variable that sets it for a whole process, as the launcher {@code graft} does
   * @param option number of {@code mallopt}
   */
  record MallocOption(String variable, int option, int value) {}

  /** As in the launcher {@code graft}, for processes that it has not started. */
  static final List<MallocOption> MALLOC =
      List.of(
          new MallocOption("MALLOC_ARENA_MAX", -8, 1),
          new MallocOption("MALLOC_MMAP_MAX_", -4, 0),
          new MallocOption("MALLOC_TRIM_THRESHOLD_", -1, 2_000_000_000),
          new MallocOption("MALLOC_TOP_PAD_", -2, 67_108_864));

  private static Compute started;

  private TorchEngine() {}

  /** A top-level manager of native arrays; the caller closes it. */
  public static NDManager newManager(Compute compute) {
    start(compute);
    return NDManager.newBaseManager(NAME);
  }

  /**
   * Starts the engine, or checks that it runs as {@code compute} asks.
   *
   * @throws GraftException (exit 2) when this platform has no natives or not this instruction set,
   *     or the process already runs with other threads or another instruction set
   */
  public static synchronized void start(Compute compute) {
    if (started == null) {
      load(compute, CpuCapability.check(compute.capability()));
      started = compute;
    }
    if (started.threads() != compute.threads()) {
      throw GraftException.usage(
          "compute.threads is %d, but this process already runs a model with %d; all models of a"
              + " run must agree (1 is the default)",
          compute.threads(), started.threads());
    }
    if (!started.capability().equals(compute.capability())) {
      throw GraftException.usage(
          "compute.capability is %s, but this process already runs a model with %s; all models of a"
              + " run must agree (auto is the default)",
          compute.capability(), started.capability());
    }
  }

  private static void load(Compute compute, CpuCapability capability) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.default_engine", NAME);
    System.setProperty("ai.djl.pytorch.num_threads", Integer.toString(compute.threads()));
    boolean first = agreeWithProcess(compute);
    setProperty("ai.djl.pytorch.num_interop_threads", first ? "1" : null);
    setProperty(NativeLoader.PROPERTY, NativeLoader.forThisClassLoader());
    System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("ATEN_CPU_CAPABILITY", capability.key());
    environment.put("ONEDNN_MAX_CPU_ISA", capability.oneDnn());
    environment.put("MKL_CBWR", capability.mkl());
    environment.put("OMP_NUM_THREADS", Integer.toString(compute.threads()));
    environment.put("MKL_NUM_THREADS", Integer.toString(compute.threads()));
    environment.forEach(TorchEngine::setEnvironment);
    keepFreedMemory();
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // Engine finds its providers through the context class loader of the thread that loads it.
    thread.setContextClassLoader(TorchEngine.class.getClassLoader());
    try {
      Engine engine = Engine.getEngine(NAME);
      LOG.debug(
          "libtorch {} with {} threads, capability {}",
          engine.getVersion(),
          JniUtils.getNumThreads(),
          capability.key());
    } catch (RuntimeException | LinkageError e) {
      throw missing(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Whether nobody has started libtorch in this process yet. On a cluster a job before this one may
   * have, in another class loader: threads are set again, but the instruction set is the first
   * one's and the threads between operators can be set only once.
   */
  private static boolean agreeWithProcess(Compute compute) {
    Object before = System.getProperties().putIfAbsent(IN_PROCESS, compute.capability());
    if (before != null && !before.equals(compute.capability())) {
      throw GraftException.usage(
          "compute.capability is %s, but an earlier job runs a model with %s in this worker; start"
              + " the workers anew",
          compute.capability(), before);
    }
    return before == null;
  }

  private static void setProperty(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  private static GraftException missing(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new GraftException(
        dev.graft.data.ExitCode.USAGE,
        String.format(
            Locale.ROOT,
            "the native PyTorch library cannot be loaded on %s-%s: %s; put"
                + " ai.djl.pytorch:pytorch-native-cpu with the classifier of this platform"
                + " (linux-x86_64, linux-aarch64, osx-aarch64 or win-x86_64) on the class path:"
                + " build with -Dgraft.pytorch.classifier=<classifier>",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            root),
        cause);
  }

  /**
   * Tells glibc to hold on to freed blocks. Training frees and takes the same large blocks in every
   * step; given back to the system each time, their page faults cost up to a third of it.
   */
  private static void keepFreedMemory() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Function option = NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("mallopt");
      for (MallocOption one : MALLOC) {
        if (System.getenv(one.variable()) == null) {
          option.invokeInt(new Object[] {one.option(), one.value()});
        }
      }
    } catch (UnsatisfiedLinkError e) {
      LOG.debug("this C library has no mallopt", e);
    }
  }

  /**
   * libtorch reads these from the C environment when it is loaded; Java's own copy is read-only.
   */
  private static void setEnvironment(String name, String value) {
    if (Platform.isWindows()) {
      NativeLibrary.getInstance("ucrtbase")
          .getFunction("_putenv_s")
          .invokeInt(new Object[] {name, value});
    } else {
      NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
          .getFunction("setenv")
          .invokeInt(new Object[] {name, value, 1});
    }
  }
}
