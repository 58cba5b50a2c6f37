package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.Doubles;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelSets;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFiles;
import dev.graft.data.parquet.DatasetFiles.DatasetFile;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.modality.Modalities;
import dev.graft.modality.PublishedPayload;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.OpenModels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Some synthetic samples of a published dataset and what is known of them. Chosen are the lowest
 * ids of each class, which are hashes, and of refused ones the lowest of each class and reason.
 *
 * @param name of the dataset
 * @param modality such as {@code image}
 * @param classes names by id
 * @param samples accepted ones first, in class order
 * @param accepted scores of all accepted rows, ascending, by scorer
 * @param missed real test rows that published rows do not come near, by class; empty where nothing
 *     tells
 * @param withReal whether the dataset holds real rows
 * @param withTest whether real test rows are among them
 * @param judged whether neighbours were looked for: the judge is in the store and there are real
 *     rows
 */
public record SampleStories(
    String name,
    String modality,
    List<String> classes,
    List<SampleStory> samples,
    Map<String, double[]> accepted,
    List<MissedStory> missed,
    boolean withReal,
    boolean withTest,
    boolean judged) {
  private static final String REAL_TEST = "real/test";

  /** Real rows of a class that neighbours are looked for among: those with the lowest ids. */
  public static final int REFERENCES = 1_000;

  /**
   * One sample.
   *
   * @param id of the sample
   * @param label class id
   * @param payload stored form; empty where it is not published
   * @param reason the rule that refused it; empty for an accepted one
   * @param condition what it was drawn with
   * @param scores by scorer
   * @param neighbours nearest real rows of its class, the nearest first
   */
  public record SampleStory(
      String id,
      int label,
      byte[] payload,
      String reason,
      String condition,
      Map<String, Double> scores,
      List<Neighbour> neighbours) {
    SampleStory with(List<Neighbour> nearest) {
      return new SampleStory(id, label, payload, reason, condition, scores, nearest);
    }
  }

  /**
   * @param payload stored form of the real row
   * @param distance in features of the judge
   */
  public record Neighbour(String id, byte[] payload, double distance) {}

  public SampleStories {
    samples = List.copyOf(samples);
    missed = List.copyOf(missed);
  }

  /** Share of accepted rows with a lower score. */
  public double rank(String scorer, double score) {
    double[] ascending = accepted.getOrDefault(scorer, new double[0]);
    int at = Arrays.binarySearch(ascending, score);
    at = at < 0 ? -at - 1 : at;
    while (at > 0 && ascending[at - 1] == score) {
      at--;
    }
    return ascending.length == 0 ? Double.NaN : (double) at / ascending.length;
  }

  /**
   * Reads a published folder.
   *
   * @param store where the judge is looked for
   * @param most accepted samples of a class, and refused ones of a class and reason
   * @throws GraftException (exit 3) when it is none
   */
  public static SampleStories of(String directory, String store, int most) {
    DatasetInspection.refuseRefused(directory);
    List<DatasetFile> files = DatasetFiles.list(directory);
    Manifest manifest =
        Manifest.read(directory)
            .orElseThrow(
                () ->
                    GraftException.input(
                        "%s has no %s: Graft did not publish it; give a published folder such as"
                            + " .../dt=2026-01-31",
                        directory, Manifest.FILE));
    Reading reading = new Reading(manifest, new MissedStory.Search(directory), most);
    files.forEach(file -> reading.read(file.location(), false));
    for (Storage.Entry entry : Storage.list(Storage.resolve(directory, "_rejected"))) {
      if (entry.name().endsWith(".parquet")) {
        reading.read(entry.location(), true);
      }
    }
    return reading.stories(store);
  }

  /** What has been read so far. */
  private static final class Reading {
    private final Manifest manifest;
    private final PublishedPayload payload;
    private final MissedStory.Search missed;
    private final int most;
    private final Map<String, TreeMap<String, SampleStory>> chosen = new TreeMap<>();
    private final Map<Integer, TreeMap<String, byte[]>> real = new TreeMap<>();
    private final Map<String, List<Double>> scores = new TreeMap<>();
    private final Map<List<Long>, Integer> sets = new LinkedHashMap<>();
    private List<String> classes = List.of();

    Reading(Manifest manifest, MissedStory.Search missed, int most) {
      this.manifest = manifest;
      this.missed = missed;
      this.payload = manifest.payload();
      this.most = most;
    }

    void read(String location, boolean refused) {
      try (DatasetFileReader reader = DatasetFileReader.open(location)) {
        int label = Math.max(column(reader, StageInputs.LABEL), column(reader, StageInputs.LABELS));
        int reason = column(reader, "reason");
        if (label >= 0 && reader.columns().get(label) instanceof Column.ClassLabel names) {
          classes = names.names();
        }
        List<String> labels =
            label >= 0 && reader.columns().get(label) instanceof Column.ListOf list
                ? list.names()
                : List.of();
        for (DatasetRow row : reader) {
          Object[] values = row.values();
          int known = label < 0 ? -1 : classOf(values[label], labels);
          byte[] bytes = payload.joined(values);
          if (row.provenance().synthetic()) {
            keep(row, known, bytes, refused ? (String) values[reason] : "");
          } else {
            missed.look(row.provenance().sampleId(), bytes);
            trimmed(
                real.computeIfAbsent(known, key -> new TreeMap<>()),
                row.provenance().sampleId(),
                bytes,
                REFERENCES);
          }
        }
      }
    }

    /** The class of a label; sets of labels are numbered as they are met, in the order of rows. */
    private int classOf(Object value, List<String> labels) {
      if (!(value instanceof List<?> ids)) {
        return value == null ? -1 : ((Long) value).intValue();
      }
      List<Long> set = ids.stream().map(Long.class::cast).toList();
      Integer known = sets.get(set);
      if (known == null) {
        known = sets.size();
        sets.put(set, known);
        String name = LabelSets.name(set.stream().map(id -> labels.get(id.intValue())).toList());
        classes = Stream.concat(classes.stream(), Stream.of(name)).toList();
      }
      return known;
    }

    private void keep(DatasetRow row, int label, byte[] payload, String reason) {
      DatasetRow.Provenance from = row.provenance();
      if (reason.isEmpty()) {
        from.scores()
            .forEach(
                (scorer, score) ->
                    scores.computeIfAbsent(scorer, key -> new ArrayList<>()).add(score));
      }
      trimmed(
          chosen.computeIfAbsent(
              String.format(Locale.ROOT, "%s/%09d", reason, label), key -> new TreeMap<>()),
          from.sampleId(),
          new SampleStory(
              from.sampleId(), label, payload, reason, from.condition(), from.scores(), List.of()),
          most);
    }

    private static <V> void trimmed(TreeMap<String, V> kept, String id, V value, int most) {
      kept.put(id, value);
      if (kept.size() > most) {
        kept.pollLastEntry();
      }
    }

    SampleStories stories(String store) {
      List<SampleStory> samples =
          chosen.values().stream().flatMap(kept -> kept.values().stream()).toList();
      Optional<NearestReal> nearest = real.isEmpty() ? Optional.empty() : nearest(store);
      Map<String, double[]> ascending = new TreeMap<>();
      scores.forEach(
          (scorer, list) -> {
            double[] column = Doubles.toArray(list);
            Arrays.sort(column);
            ascending.put(scorer, column);
          });
      return new SampleStories(
          manifest.name(),
          manifest.modality(),
          classes,
          nearest
              .map(found -> samples.stream().map(one -> one.with(found.of(one))).toList())
              .orElse(samples),
          ascending,
          missed.stories(),
          !real.isEmpty(),
          manifest.rows().containsKey(REAL_TEST),
          nearest.isPresent());
    }

    private Optional<NearestReal> nearest(String store) {
      JsonNode judge = manifest.models().path("judge");
      String name = judge.path("name").asText();
      String digest = judge.path("digest").asText();
      ModelStore models = ModelStore.at(store);
      if (name.isEmpty() || !models.has(name, digest)) {
        return Optional.empty();
      }
      DatasetSchema schema = models.card(name, digest).schema();
      return Optional.of(
          new NearestReal(
              OpenModels.classifier(store, digest),
              schema.rowSize(),
              Modalities.get(schema.modality()).codec(schema),
              real));
    }

    private static int column(DatasetFileReader reader, String name) {
      List<String> names = reader.columns().stream().map(Column::name).toList();
      return names.indexOf(name);
    }
  }
}
