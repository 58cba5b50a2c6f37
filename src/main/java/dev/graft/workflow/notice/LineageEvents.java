package dev.graft.workflow.notice;

import com.google.common.hash.Hashing;
import dev.graft.stage.StageContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * OpenLineage run events as maps, ready to be written as JSON.
 *
 * @param namespace of the jobs
 * @param pipeline the spec's name: the job of a whole run; a stage's is {@code pipeline.stage}
 * @param version Graft's
 * @see <a href="https://openlineage.io/spec/2-0-2/OpenLineage.json">the schema</a>
 */
record LineageEvents(String namespace, String pipeline, String version) {
  private static final String SPEC = "https://openlineage.io/spec/";

  /** A run: what is computed for {@code fingerprint} by one launch of it. */
  record Run(String job, String fingerprint, String attempt) {
    /** The same for the same fingerprint and attempt: a UUID of version 5's form. */
    String id() {
      byte[] hash =
          Hashing.sha256()
              .hashString("graft/" + fingerprint + "/" + attempt, StandardCharsets.UTF_8)
              .asBytes();
      hash[6] = (byte) (hash[6] & 0x0f | 0x50);
      hash[8] = (byte) (hash[8] & 0x3f | 0x80);
      ByteBuffer bits = ByteBuffer.wrap(hash);
      return new UUID(bits.getLong(), bits.getLong()).toString();
    }
  }

  Run whole(String fingerprint, String launch) {
    return new Run(pipeline, fingerprint, launch);
  }

  Run stage(StageContext context) {
    return new Run(
        pipeline + "." + context.stage().key(),
        context.fingerprint(context.stage()),
        context.attempt());
  }

  /**
   * One event.
   *
   * @param type {@code START}, {@code COMPLETE} or {@code FAIL}
   * @param time ISO instant
   * @param facets of the run, by name; {@link #facet} makes them
   */
  Map<String, Object> event(
      String type,
      String time,
      Run run,
      Map<String, Object> facets,
      List<Map<String, Object>> inputs,
      List<Map<String, Object>> outputs) {
    Map<String, Object> all = new LinkedHashMap<>(facets);
    all.put(
        "graft",
        described(
            SPEC + "2-0-2/OpenLineage.json#/$defs/RunFacet",
            Map.of(
                "fingerprint", run.fingerprint(), "attempt", run.attempt(), "version", version)));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventType", type);
    event.put("eventTime", time);
    event.put("producer", producer());
    event.put("schemaURL", SPEC + "2-0-2/OpenLineage.json#/$defs/RunEvent");
    event.put("run", Map.of("runId", run.id(), "facets", all));
    Map<String, Object> job = new LinkedHashMap<>(job(run));
    boolean whole = run.job().equals(pipeline);
    job.put(
        "facets",
        Map.of(
            "jobType",
            facet(
                "2-0-3",
                "JobTypeJobFacet",
                Map.of(
                    "processingType", "BATCH",
                    "integration", "GRAFT",
                    "jobType", whole ? "PIPELINE" : "STAGE"))));
    event.put("job", job);
    event.put("inputs", inputs);
    event.put("outputs", outputs);
    return event;
  }

  /** The facet {@code parent} of a stage's events. */
  Map<String, Object> parent(Run run) {
    return facet(
        "1-0-1", "ParentRunFacet", Map.of("run", Map.of("runId", run.id()), "job", job(run)));
  }

  /** A facet of the standard. */
  Map<String, Object> facet(String version, String name, Map<String, Object> content) {
    return described(SPEC + "facets/" + version + "/" + name + ".json#/$defs/" + name, content);
  }

  private Map<String, Object> described(String schema, Map<String, Object> content) {
    Map<String, Object> facet = new LinkedHashMap<>();
    facet.put("_producer", producer());
    facet.put("_schemaURL", schema);
    facet.putAll(content);
    return facet;
  }

  private Map<String, Object> job(Run run) {
    return Map.of("namespace", namespace, "name", run.job());
  }

  private String producer() {
    return "urn:dev-graft:graft:" + version;
  }
}
