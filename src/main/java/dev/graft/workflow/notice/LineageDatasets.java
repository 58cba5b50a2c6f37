package dev.graft.workflow.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a stage reads and writes, as OpenLineage datasets. */
record LineageDatasets(LineageEvents events) {

  /** What the stage reads; its input stages are committed. */
  List<Map<String, Object>> inputs(StageContext context, List<StageName> stages) {
    return context.stage() == StageName.INGEST
        ? sources(context)
        : stages.stream().flatMap(name -> of(context, context.input(name)).stream()).toList();
  }

  /** The locations of the spec's source. */
  List<Map<String, Object>> sources(StageContext context) {
    TreeSet<String> locations = new TreeSet<>(context.spec().source().locations().values());
    locations.addAll(context.spec().source().testLocations().values());
    return locations.stream().map(location -> dataset(location, Map.of())).toList();
  }

  /** What a committed stage has written: models, the published place or its folder. */
  List<Map<String, Object>> of(StageContext context, StageOutput output) {
    StageName name = StageName.valueOf(output.stage().toUpperCase(java.util.Locale.ROOT));
    JsonNode summary = output.summary();
    return switch (name) {
      case TRAIN -> models(context.storeDirectory(), summary);
      case PUBLISH -> published(summary);
      default -> List.of(folder(context, name, summary));
    };
  }

  private Map<String, Object> folder(StageContext context, StageName name, JsonNode summary) {
    Map<String, Object> dataset =
        dataset(
            context.directory(name),
            Map.of("version", version(context.fingerprint(name).substring(0, 16))));
    long rows =
        name == StageName.AUGMENT ? summary.path("accepted").asLong() : sum(summary.path("rows"));
    return rows > 0 ? counted(dataset, Map.of("rowCount", rows)) : dataset;
  }

  private List<Map<String, Object>> models(String store, JsonNode summary) {
    List<Map<String, Object>> models = new ArrayList<>();
    for (String role : List.of("generator", "judge", "examiner")) {
      JsonNode model = summary.path(role);
      if (model.hasNonNull("name")) {
        String name = model.path("name").asText() + "@" + model.path("number").asText();
        models.add(
            dataset(
                Storage.resolve(store, name),
                Map.of("version", version(model.path("digest").asText()))));
      }
    }
    return models;
  }

  private List<Map<String, Object>> published(JsonNode summary) {
    String directory = summary.path("directory").asText("");
    if (directory.isEmpty()) {
      return List.of();
    }
    Map<String, Object> facets =
        Map.of("version", version(summary.path("content-digest").asText()));
    return List.of(
        counted(
            dataset(directory, facets),
            Map.of(
                "rowCount", sum(summary.path("rows")),
                "size", summary.path("bytes").asLong(),
                "fileCount", summary.path("files").asLong())));
  }

  private Map<String, Object> version(String version) {
    return events.facet("1-0-1", "DatasetVersionDatasetFacet", Map.of("datasetVersion", version));
  }

  private Map<String, Object> counted(Map<String, Object> dataset, Map<String, Object> figures) {
    Map<String, Object> counted = new LinkedHashMap<>(dataset);
    counted.put(
        "outputFacets",
        Map.of(
            "outputStatistics",
            events.facet("1-0-2", "OutputStatisticsOutputDatasetFacet", figures)));
    return counted;
  }

  /** By OpenLineage's naming: {@code file} and a path, or {@code scheme://bucket} and a key. */
  private static Map<String, Object> dataset(String location, Map<String, Object> facets) {
    String namespace = "file";
    String name = location;
    if (!Storage.isLocal(location)) {
      int key = location.indexOf('/', location.indexOf("://") + 3);
      namespace = key < 0 ? location : location.substring(0, key);
      name = key < 0 ? "/" : location.substring(key + 1);
    }
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("namespace", namespace);
    dataset.put("name", name);
    dataset.put("facets", facets);
    return dataset;
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return sum;
  }
}
