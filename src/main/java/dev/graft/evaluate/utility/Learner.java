package dev.graft.evaluate.utility;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.model.Checkpoints;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.spec.EvaluateSpec.Choose;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frozen recipe that every arm is trained by, to the same number of steps; or each run chooses
 * steps and mixing ratio on TUNE rows. Runs of equal number have the same seed in every arm, so
 * their differences are paired.
 *
 * <p>When the examiner was trained by this very recipe on the same real rows, it takes the place of
 * that training in run 0 of the arm {@code real}, and its seed is that of run 0 in every arm.
 */
public final class Learner {
  private static final Logger LOG = LoggerFactory.getLogger(Learner.class);
  private static final String AUGMENT = "augment"; // in the training section
  private static final String STEPS = "steps"; // likewise
  private static final long PURPOSE = 0x7574696C697479L; // "utility"

  private final ModelFamily<?> family;
  private final ModelDefinition definition;
  private final Choose choose;
  private final DatasetSchema schema;
  private final ClassicalAugmenter augmenter;
  private final long runSeed;
  private final StoredModel examiner;
  private final String title;

  /**
   * @param family of {@code definition}; makes classifiers
   * @param definition the recipe
   * @param choose what each run chooses on TUNE rows; null for nothing
   * @param schema of the data
   * @param augmenter for the arms that are classically augmented
   * @param runSeed seed of the run
   * @param examiner the run's examiner when it was trained on the same real rows; empty otherwise
   */
  public Learner(
      ModelFamily<?> family,
      ModelDefinition definition,
      Choose choose,
      DatasetSchema schema,
      ClassicalAugmenter augmenter,
      long runSeed,
      Optional<StoredModel> examiner) {
    this(family, definition, choose, schema, augmenter, runSeed, examiner, "utility");
  }

  private Learner(
      ModelFamily<?> family,
      ModelDefinition definition,
      Choose choose,
      DatasetSchema schema,
      ClassicalAugmenter augmenter,
      long runSeed,
      Optional<StoredModel> examiner,
      String title) {
    this.family = family;
    this.definition = definition;
    this.choose = choose;
    this.schema = schema;
    this.augmenter = augmenter;
    this.runSeed = runSeed;
    this.examiner =
        examiner
            .filter(model -> Arrays.stream(Arm.values()).anyMatch(arm -> isOfArm(arm, model)))
            .orElse(null);
    this.title = title;
  }

  /** The same learner, whose trainings have names that begin with {@code title}. */
  public Learner titled(String title) {
    return new Learner(
        family,
        definition,
        choose,
        schema,
        augmenter,
        runSeed,
        Optional.ofNullable(examiner),
        title);
  }

  private boolean isOfArm(Arm arm, StoredModel model) {
    return Candidate.of(arm, definition, choose).stream()
        .anyMatch(candidate -> isRecipe(arm, candidate, model));
  }

  private boolean isRecipe(Arm arm, Candidate candidate, StoredModel model) {
    return !arm.usesSynthetic()
        && !arm.oversamples()
        && model.card().definition().digest().equals(recipe(arm, candidate).digest());
  }

  /** The definition with steps and classical augmentation as this training has them. */
  private ModelDefinition recipe(Arm arm, Candidate candidate) {
    ObjectNode training = definition.training().deepCopy();
    training.put(AUGMENT, arm.usesClassical());
    if (choose != null) {
      training.put(STEPS, candidate.steps());
    }
    return new ModelDefinition(
        definition.name(),
        definition.family(),
        definition.architecture(),
        training,
        definition.compute());
  }

  /**
   * Trains (or takes the examiner), chooses if there is anything to choose, and tests.
   *
   * @param seed number of the run, from 0
   * @param rows real rows and accepted synthetic ones
   */
  public ArmRun run(Arm arm, int seed, UtilityRows rows) throws IOException {
    if (arm.usesSynthetic() && rows.synthetic().size() == 0) {
      return ArmRun.missing(arm, seed, "selection accepted no synthetic rows to learn from");
    }
    if (rows.test().size() == 0) {
      return ArmRun.missing(arm, seed, "there are no real test rows");
    }
    Trained best = null;
    Trial chosen = null;
    List<Trial> tried = new ArrayList<>();
    for (Candidate candidate : Candidate.of(arm, definition, choose)) {
      Trained trained = train(arm, seed, candidate, rows);
      if (choose == null) {
        return test(arm, seed, trained, null, rows.test());
      }
      Trial trial =
          new Trial(
              candidate.steps(), candidate.ratio(), tally(trained.model, rows.tune()).accuracy());
      LOG.info("{}: accuracy {} on tune", task(arm, seed, candidate), trial.tuneAccuracy());
      tried.add(trial);
      if (chosen == null || trial.tuneAccuracy() > chosen.tuneAccuracy()) {
        best = trained;
        chosen = trial;
      }
    }
    return test(arm, seed, best, new Choice(chosen, tried), rows.test());
  }

  /** A trained learner and how many distinct rows it has seen. */
  private record Trained(StoredModel model, String source, int realRows, int syntheticRows) {}

  private Trained train(Arm arm, int seed, Candidate candidate, UtilityRows rows)
      throws IOException {
    TrainingSet training = TrainingSet.of(arm, candidate.ratio(), rows.train(), rows.synthetic());
    boolean stored = seed == 0 && examiner != null && isRecipe(arm, candidate, examiner);
    return new Trained(
        stored ? examiner : fit(arm, seed, candidate, training.rows(), rows.tune()),
        stored ? ArmRun.EXAMINER : ArmRun.TRAINED,
        training.realRows(),
        training.syntheticRows());
  }

  private StoredModel fit(
      Arm arm, int seed, Candidate candidate, LabelledRows train, LabelledRows tune)
      throws IOException {
    long learnerSeed = learnerSeed(seed);
    FittedModel fitted =
        family.fit(
            new TrainingRun(
                task(arm, seed, candidate),
                recipe(arm, candidate),
                schema,
                train,
                tune,
                learnerSeed,
                Checkpoints.none(),
                arm.usesClassical() ? augmenter : null));
    return unstored(fitted, learnerSeed);
  }

  private String task(Arm arm, int seed, Candidate candidate) {
    String run = title + " " + arm.key() + " " + seed;
    if (choose == null) {
      return run;
    }
    String mixed = candidate.ratio() == null ? "" : " at " + candidate.ratio();
    return run + ", " + candidate.steps() + " steps" + mixed;
  }

  private ArmRun test(Arm arm, int seed, Trained trained, Choice choice, LabelledRows test)
      throws IOException {
    Tally tally = tally(trained.model, test);
    return new ArmRun(
        arm.key(),
        seed,
        trained.source,
        trained.realRows,
        trained.syntheticRows,
        trained.model.card().bestStep(),
        tally.accuracy(),
        tally.recall(),
        choice,
        null,
        tally.labels());
  }

  private Tally tally(StoredModel model, LabelledRows rows) throws IOException {
    try (AutoCloseable opened = family.open(model)) {
      if (!(opened instanceof Classifier classifier)) {
        throw GraftException.usage(
            "the utility learner is of family %s, which is no classifier", family.name());
      }
      return Tally.of(classifier, rows, schema);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("closing the utility learner", e);
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
