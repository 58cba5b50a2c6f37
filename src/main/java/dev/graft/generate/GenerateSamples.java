package dev.graft.generate;

import dev.graft.data.SampleBatch;
import dev.graft.data.SampleBatchCoder;
import dev.graft.modality.Modalities;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.OpenModels;
import dev.graft.stage.SpreadEvenly;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Draws the samples of every range from a trained generator, in batches of one model call. The same
 * ranges give the same samples on any runner at any parallelism:
 *
 * <pre>{@code
 * PCollection<SampleBatch> samples =
 *     pipeline
 *         .apply(Create.of(CandidateRange.cover(Condition.ofLabel(3), 0, 0, 10_000))
 *             .withCoder(CandidateRangeCoder.of()))
 *         .apply(GenerateSamples.from("models/store", digest, 42).withControl("truncation", 0.8));
 * }</pre>
 */
public final class GenerateSamples
    extends PTransform<PCollection<CandidateRange>, PCollection<SampleBatch>> {
  private static final long serialVersionUID = 1L;

  private final String storeDirectory;
  private final String modelDigest;
  private final long seed;
  private final TreeMap<String, Double> controls;

  private GenerateSamples(
      String storeDirectory, String modelDigest, long seed, Map<String, Double> controls) {
    this.storeDirectory = storeDirectory;
    this.modelDigest = modelDigest;
    this.seed = seed;
    this.controls = new TreeMap<>(controls);
  }

  /**
   * @param storeDirectory a model store that workers can read
   * @param modelDigest content digest of a generator in it
   * @param seed of all draws
   */
  public static GenerateSamples from(String storeDirectory, String modelDigest, long seed) {
    return new GenerateSamples(storeDirectory, modelDigest, seed, Map.of());
  }

  /** The same with one of the model's own knobs set. */
  public GenerateSamples withControl(String name, double value) {
    GenerateSamples more = new GenerateSamples(storeDirectory, modelDigest, seed, controls);
    more.controls.put(name, value);
    return more;
  }

  @Override
  public PCollection<SampleBatch> expand(PCollection<CandidateRange> ranges) {
    return ranges
        .apply("Spread", SpreadEvenly.by(CandidateRange::turn))
        .apply("Draw", ParDo.of(new DrawFn(this)))
        .setCoder(SampleBatchCoder.of());
  }

  private SampleDrawer open() {
    ModelCard card = ModelStore.at(storeDirectory).load(modelDigest).card();
    return new SampleDrawer(
        OpenModels.sampler(storeDirectory, modelDigest),
        new Controls(controls),
        seed,
        modelDigest,
        Modalities.get(card.schema().modality()).codec(card.schema()),
        card.schema().rowSize());
  }

  private static final class DrawFn extends DoFn<CandidateRange, SampleBatch> {
    private static final long serialVersionUID = 1L;

    private final GenerateSamples settings;
    private transient SampleDrawer drawer;

    DrawFn(GenerateSamples settings) {
      this.settings = settings;
    }

    @Setup
    public void setup() {
      drawer = settings.open();
    }

    @ProcessElement
    public void process(@Element CandidateRange range, OutputReceiver<SampleBatch> out) {
      for (int offset = 0; offset < range.count(); offset += drawer.batchRows()) {
        out.output(drawer.draw(range, offset));
      }
    }
  }
}
