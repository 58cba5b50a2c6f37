package dev.graft.workflow.notice;

import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a launch as OpenLineage events: a run of the whole pipeline and, with it as parent, one of
 * each stage that is launched. Stages that were done before have told theirs.
 */
public final class Lineage implements AutoCloseable {
  private static final String SUCCESS = "COMPLETE";

  private final LineageEvents events;
  private final LineageDatasets datasets;
  private final LineageEvents.Run whole;
  private final StageContext last;
  private final LineageLog log;

  private Lineage(StageContext last, NoticeSettings settings) {
    this.events = new LineageEvents(settings.namespace(), last.spec().name(), version());
    this.datasets = new LineageDatasets(events);
    this.whole = events.whole(last.fingerprint(last.stage()), last.attempt());
    this.last = last;
    this.log = new LineageLog(last.workDirectory(), whole.id(), settings);
  }

  /**
   * The launch begins.
   *
   * @param last the last of the stages that it is to run; its attempt is the launch's id
   */
  public static Lineage begin(StageContext last, NoticeSettings settings) {
    Lineage lineage = new Lineage(last, settings);
    lineage.tell("START", lineage.whole, Map.of(), lineage.datasets.sources(last), List.of());
    return lineage;
  }

  /** A stage is about to be launched; its inputs are committed. */
  public void started(StageContext context, List<StageName> inputs) {
    tell("START", events.stage(context), parent(), datasets.inputs(context, inputs), List.of());
  }

  /** A stage has committed. */
  public void finished(StageContext context, List<StageName> inputs, StageOutput output) {
    tell(
        SUCCESS,
        events.stage(context),
        parent(),
        datasets.inputs(context, inputs),
        datasets.of(context, output));
  }

  /** A stage has failed. */
  public void failed(StageContext context, List<StageName> inputs, Outcome outcome) {
    Map<String, Object> facets = new LinkedHashMap<>(parent());
    facets.put("errorMessage", error(outcome.reason()));
    tell("FAIL", events.stage(context), facets, datasets.inputs(context, inputs), List.of());
  }

  /** The launch has come to its end, with the last stage's output. */
  public void ended(StageOutput output) {
    tell(SUCCESS, whole, Map.of(), datasets.sources(last), datasets.of(last, output));
  }

  /** The launch has failed. */
  public void failed(String reason) {
    Map<String, Object> facets = Map.of("errorMessage", error(reason));
    tell("FAIL", whole, facets, datasets.sources(last), List.of());
  }

  /** Waits for the collector, but not for long. */
  @Override
  public void close() {
    log.close();
  }

  private void tell(
      String type,
      LineageEvents.Run run,
      Map<String, Object> facets,
      List<Map<String, Object>> inputs,
      List<Map<String, Object>> outputs) {
    Map<String, Object> all = new LinkedHashMap<>(facets);
    if (!last.runDate().isEmpty()) {
      all.put(
          "nominalTime",
          events.facet(
              "1-0-1",
              "NominalTimeRunFacet",
              Map.of("nominalStartTime", last.runDate() + "T00:00:00Z")));
    }
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    log.add(events.event(type, now, run, all, inputs, outputs));
  }

  private Map<String, Object> parent() {
    return Map.of("parent", events.parent(whole));
  }

  private Map<String, Object> error(String reason) {
    return events.facet(
        "1-0-1", "ErrorMessageRunFacet", Map.of("message", reason, "programmingLanguage", "JAVA"));
  }

  private static String version() {
    String version = Lineage.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
