package dev.graft.modality.image;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.parquet.Column;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.Modality;
import dev.graft.modality.ModalityDefaults;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.RecordDecoder;
import dev.graft.modality.RowGlance;
import dev.graft.modality.RowSimilarity;
import dev.graft.modality.RowView;
import dev.graft.modality.SignatureScheme;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.util.List;
import java.util.Optional;

/**
 * Still images of one declared size. Rows are (channels, height, width) unsigned bytes, stored as
 * PNG in the column {@code image}. The spec's section:
 *
 * <pre>{@code
 * image:
 *   size: [28, 28]     # height, width; or one number for both
 *   channels: grey     # or colour
 *   resize: exact      # or fit (black bars), crop, stretch
 *   flip: false        # may classical augmentation mirror left to right?
 * }</pre>
 */
public final class ImageModality implements Modality {
  @Override
  public String name() {
    return "image";
  }

  @Override
  public DatasetSchema schema(JsonNode options, List<String> classes) {
    ImageOptions image = ImageOptions.parse(options);
    return new DatasetSchema(
        name(), List.of(image.channels(), image.height(), image.width()), classes);
  }

  @Override
  public RecordDecoder decoder(DatasetSchema schema, JsonNode options, RecordLimits limits) {
    return new ImageDecoder(ImageOptions.parse(options), limits);
  }

  @Override
  public PayloadCodec codec(DatasetSchema schema) {
    return new PngCodec(schema);
  }

  @Override
  public Column payloadColumn() {
    return new Column.Image("image");
  }

  @Override
  public SignatureScheme signatures(DatasetSchema schema) {
    return new ImageSignatures(schema);
  }

  @Override
  public RowGlance glance(DatasetSchema schema) {
    return new ImageGlance(schema);
  }

  @Override
  public Optional<RowSimilarity> similarity(DatasetSchema schema) {
    return Optional.of(new StructuralSimilarity(schema));
  }

  @Override
  public ClassicalAugmenter classical(DatasetSchema schema, JsonNode options) {
    return new ShiftAndFlip(schema, ImageOptions.parse(options).flip());
  }

  @Override
  public RowView view(DatasetSchema schema) {
    return new ImageView();
  }

  @Override
  public ModalityDefaults defaults() {
    return new ModalityDefaults(
        "models/image-judge.yaml",
        "models/image-examiner.yaml",
        "models/image-learner.yaml",
        List.of(
            "frechet-distance",
            "kernel-distance",
            "precision",
            "recall",
            "density",
            "coverage",
            "different-bins",
            "vendi-score",
            "ms-ssim",
            "repeats",
            "two-sample-auc"),
        List.of());
  }
}
