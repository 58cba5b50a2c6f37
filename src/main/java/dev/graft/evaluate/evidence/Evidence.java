package dev.graft.evaluate.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.evaluate.Evaluation;
import java.util.List;
import java.util.Map;

/**
 * Everything that a report shows.
 *
 * @param dataset name of the published dataset
 * @param runDate of a dated run; empty otherwise
 * @param showsReal whether real rows may be shown
 * @param schema of the data
 * @param evaluation the figures
 * @param galleries rows per class
 * @param refused candidates that were refused, by rule in spec order
 * @param neighbours accepted rows beside their nearest training rows; empty when real rows may not
 *     be shown
 * @param missed real test rows that no accepted row comes near, per class
 * @param between samples along paths, and variations; empty for a generator that can only draw
 * @param models of the run
 * @param scores spread of every score
 * @param provenance where it all comes from, by name in reading order
 * @param spec the pipeline spec
 */
public record Evidence(
    String dataset,
    String runDate,
    boolean showsReal,
    DatasetSchema schema,
    Evaluation evaluation,
    List<ClassGallery> galleries,
    List<RefusedExamples> refused,
    List<NeighbourPair> neighbours,
    List<MissedGallery> missed,
    List<PictureStrip> between,
    List<ModelStory> models,
    List<ScoreSpread> scores,
    Map<String, String> provenance,
    JsonNode spec) {
  public Evidence {
    galleries = List.copyOf(galleries);
    refused = List.copyOf(refused);
    neighbours = List.copyOf(neighbours);
    missed = List.copyOf(missed);
    between = List.copyOf(between);
    models = List.copyOf(models);
    scores = List.copyOf(scores);
  }
}
