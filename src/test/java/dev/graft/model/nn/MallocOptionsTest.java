package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MallocOptionsTest {
  @Test
  void theLauncherAndTheEngineSetTheSame() throws IOException {
    Map<String, Integer> launcher = new TreeMap<>();
    Matcher export =
        Pattern.compile("(?m)^export (MALLOC_\\w+)=\"\\$\\{\\1:-(\\d+)}\"$")
            .matcher(Files.readString(Path.of("graft")));
    while (export.find()) {
      launcher.put(export.group(1), Integer.valueOf(export.group(2)));
    }
    Map<String, Integer> engine = new TreeMap<>();
    TorchEngine.MALLOC.forEach(option -> engine.put(option.variable(), option.value()));
    assertThat(launcher).isNotEmpty().isEqualTo(engine);
  }
}
