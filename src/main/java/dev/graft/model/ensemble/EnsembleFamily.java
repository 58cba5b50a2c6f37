package dev.graft.model.ensemble;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.ensemble.EnsembleArchitecture.Member;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.watch.WatchStory;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Several generators as one: of other families, with other seeds, or from other parts of the train
 * rows. Each block of {@value Mixture#BLOCK} samples comes from one member, by its weight. The
 * model holds its members.
 */
public final class EnsembleFamily implements ModelFamily<Sampler> {
  static final String NAME = "ensemble";
  static final String MEMBER = "member/";
  static final String WEIGHTS = "weights";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "several generators as one, drawn from by their weights";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  /** What all members can do. */
  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    Set<GenerationMode.Kind> all = EnumSet.allOf(GenerationMode.Kind.class);
    for (Member member : EnsembleArchitecture.of(definition).members()) {
      all.retainAll(ModelFamilies.get(member.model().family()).modes(member.model()));
    }
    return all;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    for (Member member : EnsembleArchitecture.of(definition).members()) {
      ModelDefinition model = member.model();
      ModelFamily<?> family = ModelFamilies.get(model.family());
      if (family.modelType() != Sampler.class || family == this) {
        throw GraftException.usage(
            "member %s is of family %s; a member must be a generator, and no ensemble itself",
            model.name(), model.family());
      }
      if (member.loaded().isEmpty()) {
        family.check(model, schema);
      }
    }
  }

  /**
   * Trains the members one after the other. Weights that are to be fitted are even, for there is no
   * judge to fit them by.
   *
   * @throws GraftException (exit 2) when a member is to be loaded
   */
  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    check(run.definition(), run.schema());
    EnsembleArchitecture architecture = EnsembleArchitecture.of(run.definition());
    List<Member> members = architecture.members();
    MemberCheckpoints checkpoints = new MemberCheckpoints(run.checkpoints());
    for (int i = checkpoints.done().size(); i < members.size(); i++) {
      Member member = members.get(i);
      ModelDefinition model = member.model();
      if (!member.loaded().isEmpty()) {
        throw GraftException.usage(
            "member %s is to be loaded from a model store; TRAIN of a pipeline has one",
            model.name());
      }
      TrainingRun part =
          new TrainingRun(
              run.task() + ", member " + (i + 1) + " of " + members.size(),
              model,
              run.schema(),
              member.rows(run.train(), run.seed()),
              run.tune(),
              member.seed(run.seed()),
              checkpoints.current(),
              run.augmenter());
      checkpoints.add(ModelFamilies.get(model.family()).fit(part));
    }
    return together(checkpoints.done(), architecture.given(), Map.of());
  }

  /**
   * The ensemble of trained members.
   *
   * @param fitted the members in the order of the definition
   * @param shares how often each is drawn from, against the others
   * @param more figures of the whole
   */
  public static FittedModel together(
      List<FittedModel> fitted, double[] shares, Map<String, Double> more) {
    float[] weights = new float[shares.length];
    Safetensors file = Safetensors.of(Map.of(), Map.of());
    List<HistoryPoint> history = new ArrayList<>();
    Map<String, Double> figures = new HashMap<>(more);
    long offset = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) shares[i];
      file = file.withBytes(MEMBER + i, ByteTensor.of(fitted.get(i).weights()));
      String prefix = "member-" + (i + 1) + ".";
      long last = offset;
      for (HistoryPoint point : fitted.get(i).history()) {
        last = offset + point.step();
        history.add(new HistoryPoint(last, prefixed(prefix, point.values())));
      }
      offset = last;
      figures.putAll(prefixed(prefix, fitted.get(i).figures()));
    }
    Safetensors whole =
        new Safetensors(
            new TreeMap<>(Map.of(WEIGHTS, Tensor.of(weights, weights.length))),
            file.bytes(),
            file.metadata());
    return new FittedModel(
        whole.encode(),
        history,
        offset,
        figures,
        WatchStory.together(
            fitted.stream()
                .map(FittedModel::watch)
                .collect(Collectors.toCollection(ArrayList::new))));
  }

  private static Map<String, Double> prefixed(String prefix, Map<String, Double> values) {
    Map<String, Double> named = new HashMap<>();
    values.forEach((name, value) -> named.put(prefix + name, value));
    return named;
  }

  @Override
  public Sampler open(StoredModel model) throws IOException {
    return EnsembleSampler.open(model);
  }
}
