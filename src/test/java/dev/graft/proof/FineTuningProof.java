package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FineTuning;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A model of eight classes of Fashion-MNIST that goes on with ten, beside models of the ten that
 * start anew, by the loss on tune rows of the ten: it beats one with as many steps, and has nine
 * tenths of what five times the steps would gain over that. Prints a line for each.
 */
@Tag("slow")
class FineTuningProof {
  private static final int STEPS = 1500;
  private static final int TRAIN = 2000;
  private static final int TUNE = 200;
  private static final int CLASSES = FashionRows.SCHEMA.classes().size();
  private static final int FEWER = 8;

  @Test
  void goingOnBeatsStartingAnew() throws IOException {
    String data = System.getenv("GRAFT_DATA");
    assumeTrue(data != null, "GRAFT_DATA is not set");
    FashionRows pictures = FashionRows.train(data);
    ModelDefinition whole =
        DefinitionReader.read(Path.of("models/image-vae.yaml"), List.of("training.steps=" + STEPS));
    ModelDefinition fifth = FineTuning.definition(whole, "image-vae@1", List.of());
    TrainingRun eight = run(pictures, whole, FEWER);
    FittedModel base = fit("eight classes", eight);
    FittedModel further =
        fit(
            "ten classes, a fifth of the steps, from the eight",
            run(pictures, fifth, CLASSES).from(stored(eight, base)));
    FittedModel anew =
        fit("ten classes, a fifth of the steps, anew", run(pictures, fifth, CLASSES));
    FittedModel complete = fit("ten classes, all steps, anew", run(pictures, whole, CLASSES));
    assertThat(loss(further)).isLessThan(loss(anew));
    double gained = loss(anew) - loss(further);
    assertThat(gained / (loss(anew) - loss(complete))).isGreaterThan(0.9);
  }

  private static TrainingRun run(FashionRows pictures, ModelDefinition definition, int classes) {
    DatasetSchema all = FashionRows.SCHEMA;
    LabelledRows train = pictures.ofEachClass(0, TRAIN, classes);
    LabelledRows tune = pictures.ofEachClass(TRAIN, TUNE, classes);
    return new TrainingRun(
        "generator",
        definition,
        new DatasetSchema(all.modality(), all.shape(), all.classes().subList(0, classes)),
        train,
        tune,
        3,
        Checkpoints.none(),
        null);
  }

  private static FittedModel fit(String what, TrainingRun run) throws IOException {
    FittedModel fitted = ModelFamilies.get(run.definition().family()).fit(run);
    System.out.printf("%s: tune loss %.3f%n", what, loss(fitted));
    return fitted;
  }

  private static double loss(FittedModel fitted) {
    return fitted.figures().get("tune-loss");
  }

  private static StoredModel stored(TrainingRun run, FittedModel fitted) {
    return new StoredModel(
        new ModelCard(
            "image-vae",
            "",
            run.definition(),
            run.schema(),
            "",
            run.seed(),
            "",
            fitted.bestStep(),
            fitted.figures(),
            fitted.history()),
        fitted.weights());
  }
}
