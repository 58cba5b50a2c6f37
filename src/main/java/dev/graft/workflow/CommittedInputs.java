package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.generate.AugmentInputs;
import dev.graft.generate.AugmentStage;
import dev.graft.generate.PublishedDate;
import dev.graft.ingest.CanonicalDataset;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.model.store.OpenModels;
import dev.graft.model.store.TrainedModels;
import dev.graft.publish.EarlierDataset;
import dev.graft.publish.Manifest.ManifestFile;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** AUGMENT's inputs as INGEST and TRAIN have committed them. */
public final class CommittedInputs implements AugmentInputs {
  private static final long serialVersionUID = 1L;

  @Override
  public Facts facts(StageContext context) {
    CanonicalDataset dataset = dataset(context);
    TrainedModels models = models(context);
    return new Facts(
        dataset.schema(),
        trainRows(dataset),
        models.generator().name(),
        models.generator().digest(),
        models.judge().digest());
  }

  @Override
  public Sampler sampler(StageContext context) {
    return OpenModels.sampler(context.storeDirectory(), models(context).generator().digest());
  }

  @Override
  public Classifier judge(StageContext context) {
    return OpenModels.classifier(context.storeDirectory(), models(context).judge().digest());
  }

  @Override
  public LabelledRows rows(StageContext context, Part part) {
    return dataset(context).loadReal(part);
  }

  @Override
  public List<PublishedDate> publishedBefore(PipelineSpec spec, String runDate) {
    return EarlierDataset.before(spec.publish().to(), spec.name(), runDate).stream()
        .map(
            earlier ->
                new PublishedDate(
                    earlier.date(),
                    earlier.contentDigest(),
                    earlier.synthetic().stream()
                        .map(file -> shard(earlier.directory(), file))
                        .toList()))
        .toList();
  }

  private static PublishedDate.Shard shard(String directory, ManifestFile file) {
    return new PublishedDate.Shard(Storage.resolve(directory, file.path()), file.rows());
  }

  @Override
  public List<PublishedDate> published(StageContext context) {
    List<PublishedDate> published = publishedBefore(context.spec(), context.runDate());
    String now =
        Fingerprints.of(
            new AugmentStage(this), context.spec(), context.runDate(), context.fingerprints());
    if (!now.equals(context.fingerprint(StageName.AUGMENT))) {
      throw new GraftException(
          ExitCode.TRANSIENT,
          "dates before "
              + context.runDate()
              + " were published or removed in "
              + context.spec().publish().to()
              + " while this run went on; run it again");
    }
    return published;
  }

  private static Map<Integer, Long> trainRows(CanonicalDataset dataset) {
    long[] perClass = dataset.statistics().realRowsPerClass(Part.TRAIN);
    Map<Integer, Long> rows = new TreeMap<>();
    for (int label = 0; label < perClass.length; label++) {
      rows.put(dataset.schema().classes().isEmpty() ? -1 : label, perClass[label]);
    }
    return rows;
  }

  private static CanonicalDataset dataset(StageContext context) {
    return CanonicalDataset.of(context.input(StageName.INGEST));
  }

  private static TrainedModels models(StageContext context) {
    return TrainedModels.read(context.input(StageName.TRAIN));
  }
}
