package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.Part;
import dev.graft.publish.Manifest.ManifestColumn;
import dev.graft.spec.PublishSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Decides whether to publish, and what: checks the place, the gates and the schema, then names the
 * files to read. Names none when this very dataset is there already.
 */
final class PlanPublication extends DoFn<String, String> {
  private static final long serialVersionUID = 1L;

  /** The main output, which stays empty. */
  static final TupleTag<String> NOTHING = new TupleTag<>("nothing") {};

  /** Files of AUGMENT's decisions. */
  static final TupleTag<String> SELECTION = new TupleTag<>("selection") {};

  /** Canonical files of real rows, by the shard prefix that they go to. */
  static final TupleTag<KV<String, String>> REAL = new TupleTag<>("real") {};

  static final String SYNTHETIC = "data/synthetic/train";
  static final String REJECTED = "_rejected/rejected";
  private static final String REAL_PREFIX = "data/real/";

  private final StageContext context;

  PlanPublication(StageContext context) {
    this.context = context;
  }

  @ProcessElement
  public void process(MultiOutputReceiver out) {
    Outcome.read(context)
        .filter(outcome -> outcome.code() != 0 && !outcome.mayBeMended())
        .ifPresent(
            outcome -> {
              throw new GraftException(ExitCode.of(outcome.code()), outcome.reason());
            });
    try {
      plan(out);
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }

  private void plan(MultiOutputReceiver out) {
    PublicationPlace place = PublicationPlace.of(context);
    if (place.isDone()) {
      return;
    }
    place.check(context.overwrite());
    StageInputs inputs = new StageInputs(context);
    checkGates(inputs);
    checkSchema(inputs, place);
    for (String file : inputs.files(StageName.AUGMENT, "selection", "part-")) {
      out.get(SELECTION).output(file);
    }
    for (Map.Entry<String, Part> real : realPrefixes(context.spec().publish()).entrySet()) {
      for (String file : inputs.files(StageName.INGEST, "shards", real.getValue().key() + "-")) {
        out.get(REAL).output(KV.of(REAL_PREFIX + real.getKey(), file));
      }
    }
  }

  /** The real parts to publish, by split name. */
  private static Map<String, Part> realPrefixes(PublishSpec publish) {
    Map<String, Part> parts = new TreeMap<>();
    if (publish.includeReal()) {
      parts.put("train", Part.TRAIN);
      if (publish.parts().contains(Part.TUNE.key())) {
        parts.put("validation", Part.TUNE);
      }
      if (publish.parts().contains(Part.TEST.key())) {
        parts.put("test", Part.TEST);
      }
    }
    return parts;
  }

  private void checkGates(StageInputs inputs) {
    JsonNode metrics = inputs.json(StageName.EVALUATE, "metrics.json");
    List<String> failures = GateCheck.failures(metrics, context.spec().gates().size());
    if (!failures.isEmpty()) {
      throw Refusal.write(context, failures, metrics.path("gates"));
    }
  }

  private void checkSchema(StageInputs inputs, PublicationPlace place) {
    if (context.spec().publish().allowSchemaChange()) {
      return;
    }
    List<ManifestColumn> now = inputs.columns().stream().map(ManifestColumn::of).toList();
    for (String folder : place.earlier()) {
      Optional<Manifest> manifest = Manifest.read(folder);
      if (manifest.isPresent()) {
        SchemaGuard.check(manifest.get().columns(), now, folder);
        return;
      }
    }
  }
}
