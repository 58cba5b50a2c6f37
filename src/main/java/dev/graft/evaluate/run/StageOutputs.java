package dev.graft.evaluate.run;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.ingest.CanonicalDataset;
import dev.graft.model.Classifier;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.OpenModels;
import dev.graft.model.store.TrainedModels;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;

/** The inputs as INGEST and TRAIN have committed them. */
public final class StageOutputs implements EvaluateInputs {
  private static final long serialVersionUID = 1L;

  @Override
  public DatasetSchema schema(StageContext context) {
    return dataset(context).schema();
  }

  @Override
  public LabelledRows rows(StageContext context, Part part) {
    return dataset(context).loadReal(part);
  }

  @Override
  public Classifier examiner(StageContext context) {
    return OpenModels.classifier(context.storeDirectory(), entry(context, Role.EXAMINER).digest());
  }

  @Override
  public StoredModel model(StageContext context, Role role) {
    TrainedModels.Entry entry = entry(context, role);
    return ModelStore.at(context.storeDirectory()).load(entry.name(), entry.digest());
  }

  @Override
  public ModelFamily<?> family(String name) {
    return ModelFamilies.get(name);
  }

  private static CanonicalDataset dataset(StageContext context) {
    return CanonicalDataset.of(context.input(StageName.INGEST));
  }

  private static TrainedModels.Entry entry(StageContext context, Role role) {
    TrainedModels models = TrainedModels.read(context.input(StageName.TRAIN));
    return switch (role) {
      case GENERATOR -> models.generator();
      case JUDGE -> models.judge();
      case EXAMINER -> models.examiner();
    };
  }
}
