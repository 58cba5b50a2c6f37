package dev.graft.ingest.format;

import dev.graft.data.GraftException;
import dev.graft.ingest.RecordSink;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceRange;
import dev.graft.ingest.SourceRecord;
import dev.graft.modality.BadRecord;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * {@code idx}: the two files of MNIST and its kin, plain or gzipped: {@code images} (unsigned
 * bytes, three dimensions) and {@code labels} (one dimension). Plain files are read in parallel, a
 * gzipped one from end to end by one worker.
 */
public final class IdxFormat implements SourceFormat {
  private static final String IMAGES = "images";
  private static final String LABELS = "labels";
  private static final int RECORDS_PER_RANGE = 1000;

  @Override
  public String name() {
    return "idx";
  }

  @Override
  public List<String> paths() {
    return List.of(IMAGES, LABELS);
  }

  /** {@code 0}, {@code 1} and so on up to the largest label. */
  @Override
  public List<String> classes(Map<String, String> locations) throws IOException {
    IdxFile labels = IdxFile.open(locations.get(LABELS), 1);
    byte[] values = labelsOf(labels, 0, labels.count());
    int largest = -1;
    for (byte value : values) {
      largest = Math.max(largest, value & 0xFF);
    }
    return IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList();
  }

  @Override
  public List<SourceRange> ranges(Map<String, String> locations, RecordLimits limits) {
    IdxFile images = IdxFile.open(locations.get(IMAGES), 3);
    IdxFile labels = IdxFile.open(locations.get(LABELS), 1);
    if (images.count() != labels.count()) {
      throw GraftException.input(
          "%s has %d images but %s has %d labels; they must be as many",
          images.location(), images.count(), labels.location(), labels.count());
    }
    if (images.itemSize() > Math.min(limits.maxPixels(), limits.maxBytes())) {
      throw GraftException.input(
          "%s has images of %d x %d pixels; source.limits allows %d pixels and %d bytes",
          images.location(),
          images.sizes()[1],
          images.sizes()[2],
          limits.maxPixels(),
          limits.maxBytes());
    }
    long step = images.zipped() ? Math.max(1, images.count()) : RECORDS_PER_RANGE;
    List<SourceRange> ranges = new ArrayList<>();
    for (long from = 0; from < images.count(); from += step) {
      long to = Math.min(images.count(), from + step);
      ranges.add(new SourceRange(locations, List.of(), from, to, from, to - from));
    }
    return ranges;
  }

  @Override
  public void read(SourceRange range, RecordSink sink) throws IOException {
    IdxFile images = IdxFile.open(range.locations().get(IMAGES), 3);
    IdxFile labels = IdxFile.open(range.locations().get(LABELS), 1);
    byte[] classIds = labelsOf(labels, range.from(), range.to());
    String file = images.location().substring(images.location().lastIndexOf('/') + 1);
    int[] shape = {images.sizes()[1], images.sizes()[2]};
    try (DataInputStream in = images.items(range.from())) {
      for (long index = range.from(); index < range.to(); index++) {
        byte[] values = new byte[(int) images.itemSize()];
        images.read(in, values, index);
        try {
          int label = sink.classes().ofId(classIds[(int) (index - range.from())] & 0xFF);
          sink.accept(new SourceRecord(file, index, label, "", false, values, Optional.of(shape)));
        } catch (BadRecord e) {
          sink.reject(file, index, e);
        }
      }
      if (range.to() == images.count()) {
        images.checkEnd(in);
      }
    }
  }

  private static byte[] labelsOf(IdxFile labels, long from, long to) throws IOException {
    byte[] values = new byte[Math.toIntExact(to - from)];
    try (DataInputStream in = labels.items(from)) {
      labels.read(in, values, to - 1);
      if (to == labels.count()) {
        labels.checkEnd(in);
      }
    }
    return values;
  }
}
