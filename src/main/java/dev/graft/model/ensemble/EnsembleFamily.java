package dev.graft.model.ensemble;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
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
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Several generators as one: of other families, with other seeds, or from other parts of the train
 * rows. Each block of {@value EnsembleSampler#BLOCK} samples comes from one member, by its weight.
 * The model holds its members.
 */
public final class EnsembleFamily implements ModelFamily<Sampler> {
  static final String MEMBER = "member/";
  static final String WEIGHTS = "weights";

  private static final long SEEDS = 0x656e73L;
  private static final long SHARES = 0x7368617265L;

  @Override
  public String name() {
    return "ensemble";
  }

  @Override
  public String description() {
    return "several generators as one, drawn from by their weights";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
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
      family.check(model, schema);
    }
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    check(run.definition(), run.schema());
    List<Member> members = EnsembleArchitecture.of(run.definition()).members();
    MemberCheckpoints checkpoints = new MemberCheckpoints(run.checkpoints());
    for (int i = checkpoints.done().size(); i < members.size(); i++) {
      ModelDefinition model = members.get(i).model();
      long seed = CounterRandom.of(run.seed(), SEEDS, i).bits(0);
      TrainingRun part =
          new TrainingRun(
              run.task() + ", member " + (i + 1) + " of " + members.size(),
              model,
              run.schema(),
              share(run.train(), members.get(i).share(), seed),
              run.tune(),
              seed,
              checkpoints.current(),
              run.augmenter());
      checkpoints.add(ModelFamilies.get(model.family()).fit(part));
    }
    return together(members, checkpoints.done());
  }

  private static LabelledRows share(LabelledRows train, double share, long seed) {
    if (share >= 1) {
      return train;
    }
    CounterRandom random = CounterRandom.of(seed, SHARES);
    return train.select(
        IntStream.range(0, train.size()).filter(row -> random.uniform(row) < share).toArray());
  }

  private static FittedModel together(List<Member> members, List<FittedModel> fitted) {
    float[] weights = new float[members.size()];
    Safetensors file = Safetensors.of(Map.of(), Map.of());
    List<HistoryPoint> history = new ArrayList<>();
    Map<String, Double> figures = new HashMap<>();
    long offset = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) members.get(i).weight();
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
    return new FittedModel(whole.encode(), history, offset, figures);
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
