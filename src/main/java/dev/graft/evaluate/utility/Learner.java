package dev.graft.evaluate.utility;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The frozen recipe that every arm is trained by, to the same number of steps. Runs of equal number
 * have the same seed in every arm, so their differences are paired.
 *
 * <p>When the examiner was trained by this very recipe on the same real rows, it is run 0 of the
 * arm {@code real}, and its seed is that of run 0 in every arm.
 */
public final class Learner {
  private static final String AUGMENT = "augment"; // in the training section
  private static final long PURPOSE = 0x7574696C697479L; // "utility"

  private final ModelFamily<?> family;
  private final ModelDefinition definition;
  private final DatasetSchema schema;
  private final ClassicalAugmenter augmenter;
  private final long runSeed;
  private final StoredModel examiner;

  /**
   * @param family of {@code definition}; makes classifiers
   * @param definition the recipe
   * @param schema of the data
   * @param augmenter for the arms that are classically augmented
   * @param runSeed seed of the run
   * @param examiner the run's examiner when it was trained on the same real rows; empty otherwise
   */
  public Learner(
      ModelFamily<?> family,
      ModelDefinition definition,
      DatasetSchema schema,
      ClassicalAugmenter augmenter,
      long runSeed,
      Optional<StoredModel> examiner) {
    this.family = family;
    this.definition = definition;
    this.schema = schema;
    this.augmenter = augmenter;
    this.runSeed = runSeed;
    this.examiner =
        examiner
            .filter(model -> Arrays.stream(Arm.values()).anyMatch(arm -> isRecipe(arm, model)))
            .orElse(null);
  }

  /** Whether run {@code seed} of {@code arm} is the examiner's own training. */
  public boolean isExaminer(Arm arm, int seed) {
    return examiner != null && seed == 0 && isRecipe(arm, examiner);
  }

  private boolean isRecipe(Arm arm, StoredModel model) {
    return !arm.usesSynthetic() && model.card().definition().digest().equals(recipe(arm).digest());
  }

  /** The definition with classical augmentation as the arm has it. */
  private ModelDefinition recipe(Arm arm) {
    ObjectNode training = definition.training().deepCopy();
    training.put(AUGMENT, arm.usesClassical());
    return new ModelDefinition(
        definition.name(),
        definition.family(),
        definition.architecture(),
        training,
        definition.compute());
  }

  /**
   * Trains (or takes the examiner) and tests.
   *
   * @param seed number of the run, from 0
   * @param rows real rows and accepted synthetic ones
   */
  public ArmRun run(Arm arm, int seed, UtilityRows rows) throws IOException {
    Optional<TrainingSet> learnt = TrainingSet.of(arm, rows.train(), rows.synthetic());
    if (learnt.isEmpty()) {
      return ArmRun.missing(arm, seed, "selection accepted no synthetic rows to learn from");
    }
    TrainingSet training = learnt.get();
    if (isExaminer(arm, seed)) {
      return test(arm, seed, ArmRun.EXAMINER, training, examiner, rows.test());
    }
    long learnerSeed = learnerSeed(seed);
    FittedModel fitted =
        family.fit(
            new TrainingRun(
                "utility " + arm.key() + " " + seed,
                recipe(arm),
                schema,
                training.rows(),
                rows.tune(),
                learnerSeed,
                Checkpoints.none(),
                arm.usesClassical() ? augmenter : null));
    return test(arm, seed, ArmRun.TRAINED, training, unstored(fitted, learnerSeed), rows.test());
  }

  private ArmRun test(
      Arm arm, int seed, String source, TrainingSet training, StoredModel model, LabelledRows test)
      throws IOException {
    try (AutoCloseable opened = family.open(model)) {
      if (!(opened instanceof Classifier classifier)) {
        throw GraftException.usage(
            "the utility learner is of family %s, which is no classifier", family.name());
      }
      Tally tally = Tally.of(classifier, test, schema.classes().size());
      return new ArmRun(
          arm.key(),
          seed,
          source,
          training.realRows(),
          training.syntheticRows(),
          model.card().bestStep(),
          tally.accuracy(),
          tally.recall(),
          null);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("closing the learner of " + arm.key() + " " + seed, e);
    }
  }

  private long learnerSeed(int seed) {
    if (examiner != null && seed == 0) {
      return examiner.card().seed();
    }
    return CounterRandom.of(runSeed, PURPOSE, seed).bits(0);
  }

  private StoredModel unstored(FittedModel fitted, long seed) {
    return new StoredModel(
        new StoredModel.ModelCard(
            definition.name(),
            "",
            definition,
            schema,
            "",
            seed,
            "",
            fitted.bestStep(),
            fitted.figures(),
            fitted.history()),
        fitted.weights());
  }
}
