package dev.graft.model.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.ModelDefinition.Compute;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job whose jar brings DJL has a class loader of its own, and so has the job after it. */
class TorchEngineLoadersTest {
  /** Loaded anew in each class loader. */
  public static final class Sum implements Callable<Object> {
    @Override
    public Object call() {
      try (NDManager manager = TorchEngine.newManager(new Compute(1, 64, "default"));
          NDArray values = manager.create(new float[] {1, 2, 3});
          NDArray sum = values.sum()) {
        return sum.getFloat();
      }
    }
  }

  /** Three jobs in this process. */
  public static void main(String[] arguments) throws Exception {
    for (int job = 0; job < 3; job++) {
      try (URLClassLoader loader =
          new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
        Class<?> type = loader.loadClass(Sum.class.getName());
        System.out.println(((Callable<?>) type.getConstructor().newInstance()).call());
      }
    }
  }

  /** In a process of its own: whoever loads libtorch first keeps it from plain class loaders. */
  @Test
  void everyClassLoaderOfOneProcessComputes(@TempDir Path folder) throws Exception {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                TorchEngineLoadersTest.class.getName())
            .redirectError(errors.toFile())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    assertThat(output.lines().filter("6.0"::equals)).hasSize(3);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(file -> file.toString().contains("djl_torch"))).isEmpty();
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    return urls.toArray(new URL[0]);
  }
}
