package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.publish.Manifest.ManifestColumn;
import dev.graft.publish.Manifest.ManifestFile;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last step: describes the written shards (card, manifest, metrics, report, {@code _SUCCESS})
 * in this attempt's folder and makes it the published one. Safe to repeat.
 */
final class FinishPublication {
  static final List<String> EVIDENCE = List.of("metrics.json", "report.html");
  private static final String README = "README.md";

  private final StageContext context;
  private final StageInputs inputs;
  private final String staging;

  FinishPublication(StageContext context) {
    this.context = context;
    this.inputs = new StageInputs(context);
    this.staging = staging(context);
  }

  /** The folder that becomes the dataset. */
  static String staging(StageContext context) {
    return Storage.resolve(context.attemptDirectory(), "dataset");
  }

  /** The stage's summary. */
  Map<String, Object> finish(List<WrittenShard> shards) {
    PublicationPlace place = PublicationPlace.of(context);
    if (!place.isDone()) {
      place.check(context.overwrite());
      stage(shards.stream().sorted(Comparator.comparing(WrittenShard::path)).toList());
      Outcome.check(context); // a launch may have been ended while the files were copied
      place.publish(staging);
    }
    Manifest manifest = Manifest.read(place.directory()).orElseThrow();
    Map<String, Object> summary = new TreeMap<>();
    summary.put("directory", place.directory());
    summary.put("rows", manifest.rows());
    summary.put("files", manifest.files().size());
    summary.put("bytes", manifest.files().stream().mapToLong(ManifestFile::bytes).sum());
    summary.put("content-digest", manifest.contentDigest());
    return summary;
  }

  private void stage(List<WrittenShard> shards) {
    // Of workers that died over them.
    Storage.temporaries(staging).forEach(file -> Storage.delete(file.location()));
    List<WrittenShard> data =
        shards.stream().filter(shard -> shard.path().startsWith("data/")).toList();
    JsonNode metrics = inputs.json(StageName.EVALUATE, "metrics.json");
    long synthetic =
        data.stream()
            .filter(shard -> shard.path().startsWith(PlanPublication.SYNTHETIC))
            .mapToLong(WrittenShard::rows)
            .sum();
    if (synthetic == 0) {
      throw Refusal.write(
          context,
          List.of("no candidate was accepted; see the reasons in the report"),
          metrics.path("gates"));
    }
    List<ManifestFile> files = new ArrayList<>();
    shards.forEach(
        shard ->
            files.add(new ManifestFile(shard.path(), shard.sha256(), shard.bytes(), shard.rows())));
    for (String file : EVIDENCE) {
      String copy = Storage.resolve(staging, file);
      Storage.write(copy, Storage.read(inputs.file(StageName.EVALUATE, file)));
      files.add(describe(file));
    }
    List<Column> columns = inputs.columns();
    Manifest draft = manifest(columns, data, files, metrics);
    Storage.writeText(
        Storage.resolve(staging, README), DatasetCard.text(context.spec(), columns, draft));
    files.add(describe(README));
    files.sort(Comparator.comparing(ManifestFile::path));
    String manifest = Storage.resolve(staging, Manifest.FILE);
    Storage.writeText(manifest, Json.pretty(manifest(columns, data, files, metrics)));
    Storage.writeText(
        Storage.resolve(staging, PublicationPlace.SUCCESS),
        Json.pretty(
            Map.of(
                "fingerprint", context.fingerprint(StageName.PUBLISH),
                "manifest-sha256", Storage.sha256(manifest))));
  }

  private ManifestFile describe(String file) {
    String location = Storage.resolve(staging, file);
    return new ManifestFile(file, Storage.sha256(location), Storage.size(location), null);
  }

  private Manifest manifest(
      List<Column> columns, List<WrittenShard> data, List<ManifestFile> files, JsonNode metrics) {
    PipelineSpec spec = context.spec();
    DatasetDigest digest = DatasetDigest.of(data.stream().map(WrittenShard::content).toList());
    Map<String, String> fingerprints = new TreeMap<>();
    context.fingerprints().forEach((stage, value) -> fingerprints.put(stage.key(), value));
    return new Manifest(
        Manifest.FORMAT,
        spec.name(),
        context.runDate(),
        context.fingerprint(StageName.PUBLISH),
        fingerprints,
        Json.digest(spec),
        codeVersion(),
        spec.seed(),
        context.drawSeed(),
        spec.modality(),
        columns.stream().map(ManifestColumn::of).toList(),
        models(),
        digest.rows(),
        digest.digest(),
        List.copyOf(files),
        metrics.path("gates"),
        inputs.summary(StageName.EVALUATE));
  }

  private JsonNode models() {
    return inputs.json(StageName.TRAIN, "models.json");
  }

  private static String codeVersion() {
    return Optional.ofNullable(FinishPublication.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
