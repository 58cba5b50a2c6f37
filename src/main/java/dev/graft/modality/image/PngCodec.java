package dev.graft.modality.image;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.BadRecord;
import dev.graft.modality.PayloadCodec;
import dev.graft.spec.SourceSpec.RecordLimits;

/** Rows as PNG files; reads any PNG, JPEG, GIF or BMP of exactly the schema's size. */
final class PngCodec implements PayloadCodec {
  private final PngEncoder encoder;
  private final PngDecoder decoder;
  private final ImageOptions exact;

  PngCodec(DatasetSchema schema) {
    int channels = schema.shape().get(0);
    int height = schema.shape().get(1);
    int width = schema.shape().get(2);
    encoder = new PngEncoder(channels, height, width);
    decoder = new PngDecoder(channels, height, width);
    exact = new ImageOptions(height, width, channels, ResizePolicy.EXACT, false);
  }

  @Override
  public byte[] encode(byte[] values, int offset) {
    return encoder.encode(values, offset);
  }

  @Override
  public void decode(byte[] payload, byte[] out, int offset) throws BadRecord {
    if (!decoder.decode(payload, out, offset)) {
      byte[] row = new ImageDecoder(exact, RecordLimits.DEFAULT).decode(payload);
      System.arraycopy(row, 0, out, offset, row.length);
    }
  }

  @Override
  public String extension() {
    return "png";
  }
}
