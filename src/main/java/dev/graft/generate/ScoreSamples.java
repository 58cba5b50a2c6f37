package dev.graft.generate;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.hash.Hashing;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleBatch;
import dev.graft.data.SampleBatchCoder;
import dev.graft.model.Classifier;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.OpenModels;
import dev.graft.score.BatchScoring;
import dev.graft.score.ScoringContext;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollection;

/**
 * Adds a score column to every batch for each of some row scorers. Nothing is removed: what to keep
 * is another step's business. The judge and the real references are made once per JVM.
 */
public final class ScoreSamples
    extends PTransform<PCollection<SampleBatch>, PCollection<SampleBatch>> {
  private static final long serialVersionUID = 1L;
  private static final Cache<String, BatchScoring> SCORING =
      CacheBuilder.newBuilder().maximumSize(4).build();

  private final String storeDirectory;
  private final String judgeDigest;
  private final List<String> scorers;
  private final RealRows real;

  /** Where the real rows are that samples are compared with; called on workers. */
  @FunctionalInterface
  public interface RealRows extends Serializable {
    /** The rows of TRAIN or TUNE. */
    LabelledRows load(Part part);
  }

  private ScoreSamples(
      String storeDirectory, String judgeDigest, List<String> scorers, RealRows real) {
    this.storeDirectory = storeDirectory;
    this.judgeDigest = judgeDigest;
    this.scorers = List.copyOf(scorers);
    this.real = real;
  }

  /**
   * @param storeDirectory a model store that workers can read
   * @param judgeDigest content digest of a classifier in it that was trained on real rows only
   * @param scorers registered row scorers
   * @param real the real rows
   */
  public static ScoreSamples with(
      String storeDirectory, String judgeDigest, List<String> scorers, RealRows real) {
    return new ScoreSamples(storeDirectory, judgeDigest, scorers, real);
  }

  @Override
  public PCollection<SampleBatch> expand(PCollection<SampleBatch> batches) {
    return batches.apply("Score", ParDo.of(new ScoreFn(this))).setCoder(SampleBatchCoder.of());
  }

  private BatchScoring scoring() {
    String key =
        Hashing.sha256().hashBytes(SerializableUtils.serializeToByteArray(real))
            + judgeDigest
            + scorers;
    try {
      return SCORING.get(key, this::open);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  private BatchScoring open() {
    DatasetSchema schema = ModelStore.at(storeDirectory).load(judgeDigest).card().schema();
    Classifier judge = OpenModels.classifier(storeDirectory, judgeDigest);
    ScoringContext context =
        ScoringContext.of(schema, judge, real.load(Part.TRAIN), real.load(Part.TUNE), 0);
    return new BatchScoring(judge, scorers, context);
  }

  private static final class ScoreFn extends DoFn<SampleBatch, SampleBatch> {
    private static final long serialVersionUID = 1L;

    private final ScoreSamples settings;
    private transient BatchScoring scoring;

    ScoreFn(ScoreSamples settings) {
      this.settings = settings;
    }

    @Setup
    public void setup() {
      scoring = settings.scoring();
    }

    @ProcessElement
    public void process(@Element SampleBatch batch, OutputReceiver<SampleBatch> out) {
      out.output(scoring.score(batch));
    }
  }
}
