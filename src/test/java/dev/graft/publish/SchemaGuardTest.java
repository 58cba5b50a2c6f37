package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.publish.Manifest.ManifestColumn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaGuardTest {
  private static final ManifestColumn IMAGE = new ManifestColumn("image", "image", List.of());
  private static final ManifestColumn AGE = new ManifestColumn("age", "int64", List.of());

  private static ManifestColumn label(String... names) {
    return new ManifestColumn("label", "class-label", List.of(names));
  }

  @Test
  void theSameSchemaAndAppendedClassesPass() {
    assertThatCode(
            () -> {
              check(List.of(IMAGE, label("a", "b")), List.of(IMAGE, label("a", "b")));
              check(List.of(IMAGE, label("a", "b")), List.of(IMAGE, label("a", "b", "c")));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void everyOtherChangeIsNamed() {
    assertRefused(List.of(IMAGE, label("a", "b")), List.of(IMAGE, label("a")), "[a, b]");
    assertRefused(List.of(IMAGE, label("a", "b")), List.of(IMAGE, label("b", "a")), "[b, a]");
    assertRefused(List.of(IMAGE, label("a")), List.of(IMAGE), "[image, label]");
    assertRefused(List.of(IMAGE), List.of(IMAGE, AGE), "[image, age]");
    assertRefused(List.of(IMAGE, AGE), List.of(AGE, IMAGE), "[age, image]");
    assertRefused(
        List.of(AGE), List.of(new ManifestColumn("age", "double", List.of())), "was int64");
  }

  @Test
  void aGateWithoutResultIsNotPassed() {
    assertThatThrownBy(() -> GateCheck.failures(Json.tree(Map.of("gates", List.of())), 1))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("results of 0 gates and the spec asks for 1");
  }

  private static void check(List<ManifestColumn> before, List<ManifestColumn> now) {
    SchemaGuard.check(before, now, "out/dt=2026-11-21");
  }

  private static void assertRefused(
      List<ManifestColumn> before, List<ManifestColumn> now, String told) {
    assertThatThrownBy(() -> check(before, now))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(told)
        .hasMessageContaining("dt=2026-11-21")
        .hasMessageContaining("allow-schema-change")
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}
