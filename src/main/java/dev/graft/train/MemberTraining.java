package dev.graft.train;

import dev.graft.data.Counters;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.json.SealedJson;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ensemble.EnsembleArchitecture;
import dev.graft.model.ensemble.EnsembleArchitecture.Member;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one member of the ensemble that a run trains, as a model of its own: loads it, or trains it
 * and keeps it in the store. What was trained and the checkpoints are in {@code
 * <work>/members/<key>/}, where the key stands for all that decides the training: an ensemble that
 * has changed finds the members that have not.
 */
public final class MemberTraining {
  private static final Logger LOG = LoggerFactory.getLogger(MemberTraining.class);

  private final StageContext context;
  private final int index;
  private final Member member;
  private final ModelTraining models;

  private MemberTraining(StageContext context, int index, Member member, ModelTraining models) {
    this.context = context;
    this.index = index;
    this.member = member;
    this.models = models;
  }

  /** Those of the generator, in order; none when it is no ensemble or is loaded whole. */
  static List<MemberTraining> of(StageContext context, RealRows rows) {
    ModelTraining models = new ModelTraining(context, rows);
    List<Member> members = ensemble(context).map(EnsembleArchitecture::members).orElse(List.of());
    return IntStream.range(0, members.size())
        .mapToObj(index -> new MemberTraining(context, index, members.get(index), models))
        .toList();
  }

  /** The ensemble that a run trains, if its generator is one. */
  static Optional<EnsembleArchitecture> ensemble(StageContext context) {
    return context.spec().models().generator() instanceof Define define
            && define.definition().has("family")
        ? EnsembleArchitecture.find(ModelDefinition.of(define.definition()))
        : Optional.empty();
  }

  /** Folders that the members of a run share with other runs of the place. */
  public static List<String> folders(StageContext context) {
    return of(context, null).stream()
        .filter(member -> member.member.loaded().isEmpty())
        .map(MemberTraining::folder)
        .toList();
  }

  /** {@code member-1}, as in messages and JSON. */
  String key() {
    return "member-" + (index + 1);
  }

  private String folder() {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("name", member.model().name());
    identity.put("define", member.model().digest());
    identity.put("seed", member.seed(ModelRole.GENERATOR.seed(context.spec().seed())));
    identity.put("share", member.share());
    identity.put("data", context.fingerprint(StageName.INGEST));
    identity.put("modality-options", context.spec().modalityOptions());
    identity.put("code-version", TrainStage.CODE_VERSION);
    return Storage.resolve(
        context.workDirectory(), "members/" + Json.digest(identity).substring(0, 16));
  }

  private String done() {
    return Storage.resolve(folder(), "done.json");
  }

  private FileCheckpoints checkpoints() {
    return new FileCheckpoints(Storage.resolve(folder(), "checkpoints"));
  }

  /** Trains or finds it. */
  TrainedModels.Entry run() throws IOException {
    ModelDefinition definition = member.model();
    if (!member.loaded().isEmpty()) {
      return models.load(
          key(),
          definition.name(),
          member.loaded(),
          definition.name() + "@" + member.loaded().substring(0, 12));
    }
    RoleTraining.checkAll(context, models.schema());
    ModelStore store = models.store();
    Optional<TrainedModels.Entry> before =
        SealedJson.find(done(), TrainedModels.Entry.class)
            .filter(entry -> store.isWhole(entry.name(), entry.digest()));
    if (before.isPresent()) {
      LOG.info("{}: {} was trained before", key(), before.get().name());
      Counters.named("models-reused").inc();
      return before.get();
    }
    long ensemble = ModelRole.GENERATOR.seed(context.spec().seed());
    String data = context.fingerprint(StageName.INGEST);
    TrainedModels.Entry entry =
        models.train(
            key(),
            definition,
            null,
            member.seed(ensemble),
            checkpoints(),
            train -> member.rows(train, ensemble),
            member.share() < 1 ? Json.digest(List.of(data, member.share())) : data,
            null);
    Storage.writeText(done(), SealedJson.text(entry));
    return entry;
  }

  /**
   * Looks, before anything runs, whether a member that is to be loaded is there.
   *
   * @throws dev.graft.data.GraftException (exit 2) when it is not
   */
  void preflight() {
    if (!member.loaded().isEmpty()) {
      models.store().card(member.model().name(), member.loaded());
    }
  }

  /** How far it is, told by its files: {@code trained}, {@code loaded} or the last step. */
  Optional<String> progress() {
    if (!member.loaded().isEmpty()) {
      return Optional.of("loaded");
    }
    if (Storage.exists(done())) {
      return Optional.of("trained");
    }
    OptionalLong step = checkpoints().lastStep();
    return step.isPresent() ? Optional.of("step " + step.getAsLong()) : Optional.empty();
  }
}
