package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlierDatasetTest {
  @TempDir Path root;

  private List<EarlierDataset> before(String date) {
    return EarlierDataset.before(root.toString(), "mine", date);
  }

  private Path publish(String folder, String name) throws IOException {
    Path directory = Files.createDirectories(root.resolve(folder));
    Path manifest = directory.resolve("manifest.json");
    Files.writeString(
        manifest,
        """
        {"format": 1, "name": "%s", "content-digest": "digest of %s", "files": [
          {"path": "README.md", "sha256": "0", "bytes": 1},
          {"path": "_rejected/rejected-0.parquet", "sha256": "0", "bytes": 1, "rows": 9},
          {"path": "data/real/train-00000-of-00001.parquet", "sha256": "0", "bytes": 1, "rows": 8},
          {"path": "data/synthetic/train-00000-of-00001.parquet", "sha256": "0", "bytes": 1, "rows": 7}
        ]}
        """
            .formatted(name, folder));
    success(directory, "f".repeat(64), Storage.sha256(manifest.toString()));
    return directory;
  }

  private static void success(Path directory, String fingerprint, String digest)
      throws IOException {
    Files.writeString(
        directory.resolve("_SUCCESS"),
        "{\"fingerprint\": \"%s\", \"manifest-sha256\": \"%s\"}".formatted(fingerprint, digest));
  }

  @Test
  void onlyEarlierDatesOfTheDatasetThatWerePublishedCount() throws IOException {
    publish("dt=2026-01-02", "mine");
    publish("dt=2025-12-31", "mine");
    publish("dt=2026-01-03", "mine");
    publish("dt=2026-01-04", "mine");
    publish("dt=2025-12-30", "other");
    publish("run=0123456789abcdef", "mine");
    publish("dt=2025-12-29.refused", "mine");
    Files.writeString(publish("dt=2025-12-28", "mine").resolve("_REFUSED"), "{}");
    Files.delete(publish("dt=2025-12-27", "mine").resolve("_SUCCESS"));
    Files.delete(publish("dt=2025-12-26", "of another tool").resolve("manifest.json"));
    Files.writeString(root.resolve("dt=2025-12-26/_SUCCESS"), "");

    List<EarlierDataset> earlier = before("2026-01-03");
    assertThat(earlier)
        .extracting(EarlierDataset::date)
        .containsExactly("2025-12-31", "2026-01-02");
    assertThat(earlier.get(0).contentDigest()).isEqualTo("digest of dt=2025-12-31");
    assertThat(earlier.get(0).directory()).isEqualTo(root + "/dt=2025-12-31");
    assertThat(earlier.get(0).synthetic())
        .extracting(Manifest.ManifestFile::path, Manifest.ManifestFile::rows)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("data/synthetic/train-00000-of-00001.parquet", 7L));
    assertThat(before("")).isEmpty();
    assertThat(before("2025-12-31")).isEmpty();
    assertThat(EarlierDataset.before(root + "/none", "mine", "2026-01-03")).isEmpty();
  }

  @Test
  void damagedManifestIsRefusedByName() throws IOException {
    Path manifest = publish("dt=2026-01-01", "mine").resolve("manifest.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("digest of", "digest if"));
    assertRefused(manifest, "its SHA-256 is not the one in _SUCCESS");
    Files.writeString(manifest, text.substring(0, 100));
    assertRefused(manifest, "its SHA-256 is not the one in _SUCCESS");
    Files.writeString(manifest, "{}");
    success(manifest.getParent(), "f".repeat(64), Storage.sha256(manifest.toString()));
    assertRefused(manifest, "it names no dataset, digest or files");
    Files.delete(manifest);
    assertRefused(manifest, "it is missing");
    assertThat(before("2026-01-01")).isEmpty();
  }

  private void assertRefused(Path manifest, String why) {
    assertThatThrownBy(() -> before("2026-01-02"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(manifest.toString())
        .hasMessageContaining(why)
        .hasMessageContaining("leave out augment.exclude-published")
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }
}
