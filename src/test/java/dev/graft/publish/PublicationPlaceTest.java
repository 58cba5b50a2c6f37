package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.io.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Places where nothing can be renamed, as in object stores. */
class PublicationPlaceTest {
  @TempDir Path root;

  @Test
  void aPublicationLeavesNoRefusalBehind() {
    String to = root.toString();
    PublicationPlace place = new PublicationPlace(to, "dt=2026-11-22", "f".repeat(64), false);
    String refused = Storage.resolve(to, "staged-refusal");
    Storage.writeText(Storage.resolve(refused, "_REFUSED"), "{}");
    assertThat(place.refuse(refused)).endsWith("/dt=2026-11-22");
    assertThat(root.resolve("dt=2026-11-22/_REFUSED")).exists();
    Storage.writeText(Storage.resolve(to, "dt=2026-11-22.refused/_REFUSED"), "{}");
    Storage.writeText(Storage.resolve(to, "dt=2026-11-22.refused/metrics.json"), "{}");

    String staged = Storage.resolve(to, "staged");
    Storage.writeText(Storage.resolve(staged, "data/synthetic/a.txt"), "rows");
    Storage.writeText(Storage.resolve(staged, "_SUCCESS"), "{}");
    place.publish(staged);
    assertThat(root.resolve("dt=2026-11-22/data/synthetic/a.txt")).hasContent("rows");
    assertThat(root.resolve("dt=2026-11-22/_SUCCESS")).exists();
    assertThat(root.resolve("dt=2026-11-22/_REFUSED")).doesNotExist();
    assertThat(Storage.list(root.resolve("dt=2026-11-22.refused").toString())).isEmpty();
  }
}
