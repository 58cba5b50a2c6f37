package dev.graft.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.store.TrainedModels;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Makes the generator of its members, unless there is one; gives what came in with it. */
final class AssembleFn extends DoFn<KV<String, Iterable<String>>, KV<String, Iterable<String>>> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;
  private final RealRows rows;

  AssembleFn(StageContext context, RealRows rows) {
    this.context = context;
    this.rows = rows;
  }

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<String>> results,
      OutputReceiver<KV<String, Iterable<String>>> out)
      throws IOException {
    try {
      ObjectNode models = TrainStage.together(results.getValue());
      EnsembleAssembly assembly = new EnsembleAssembly(context, rows);
      Optional<TrainedModels.Entry> there = assembly.find(TrainStage.decide(context));
      there.ifPresent(RoleTraining::countReuse);
      List<TrainedModels.Entry> members = new ArrayList<>();
      for (MemberTraining member : MemberTraining.of(context, rows)) {
        JsonNode entry = models.remove(member.key());
        if (there.isEmpty()) {
          members.add(entry == null ? member.run() : entry(entry));
        }
      }
      TrainedModels.Entry ensemble =
          there.isPresent()
              ? there.get()
              : assembly.assemble(members, entry(models.get(ModelRole.JUDGE.key())));
      models.set(ModelRole.GENERATOR.key(), Json.tree(ensemble));
      out.output(KV.of("", List.of(Json.canonical(models))));
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }

  private static TrainedModels.Entry entry(JsonNode result) throws IOException {
    return Json.mapper().treeToValue(result, TrainedModels.Entry.class);
  }
}
