package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.modality.BadRecord;
import dev.graft.modality.PayloadCodec;
import dev.graft.model.Classifier;
import dev.graft.publish.SampleStories.Neighbour;
import dev.graft.publish.SampleStories.SampleStory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The real rows of a sample's class that are nearest to it, in features of the judge. */
final class NearestReal {
  private static final int NEIGHBOURS = 3;

  private final Classifier judge;
  private final int rowSize;
  private final PayloadCodec codec;
  private final Map<Integer, List<Neighbour>> rows = new TreeMap<>();
  private final Map<Integer, float[]> features = new TreeMap<>();

  /**
   * @param real stored forms by id, by class
   */
  NearestReal(
      Classifier judge,
      int rowSize,
      PayloadCodec codec,
      Map<Integer, TreeMap<String, byte[]>> real) {
    this.judge = judge;
    this.rowSize = rowSize;
    this.codec = codec;
    real.forEach(
        (label, payloads) -> {
          List<Neighbour> known = new ArrayList<>();
          payloads.forEach((id, payload) -> known.add(new Neighbour(id, payload, 0)));
          rows.put(label, known);
          features.put(label, features(known.stream().map(Neighbour::payload).toList()));
        });
  }

  /** The nearest first; none for a sample whose payload is not published. */
  List<Neighbour> of(SampleStory sample) {
    List<Neighbour> known = rows.getOrDefault(sample.label(), List.of());
    if (known.isEmpty() || sample.payload().length == 0) {
      return List.of();
    }
    float[] own = features(List.of(sample.payload()));
    float[] others = features.get(sample.label());
    return IntStream.range(0, known.size())
        .mapToObj(
            row ->
                new Neighbour(
                    known.get(row).id(), known.get(row).payload(), distance(own, others, row)))
        .sorted(Comparator.comparing(Neighbour::distance).thenComparing(Neighbour::id))
        .limit(NEIGHBOURS)
        .toList();
  }

  private float[] features(List<byte[]> payloads) {
    byte[] values = new byte[payloads.size() * rowSize];
    for (int row = 0; row < payloads.size(); row++) {
      try {
        codec.decode(payloads.get(row), values, row * rowSize);
      } catch (BadRecord e) {
        throw GraftException.input("a row of the dataset cannot be read: %s", e.getMessage());
      }
    }
    return judge.predict(values, payloads.size()).features();
  }

  private static double distance(float[] own, float[] others, int row) {
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      double difference = (double) own[i] - others[row * own.length + i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
