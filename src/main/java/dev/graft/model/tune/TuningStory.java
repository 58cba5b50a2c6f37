package dev.graft.model.tune;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the settings of a model were chosen: {@code tuning.json} beside its card.
 *
 * @param figure on tune rows that trials were compared by
 * @param lowerIsBetter direction
 * @param rungs in order
 * @param trials by number; 0 has the definition's own settings
 * @param winner number of the trial whose settings the model was trained with
 */
public record TuningStory(
    String figure, boolean lowerIsBetter, List<Rung> rungs, List<Trial> trials, int winner) {

  /**
   * @param trials that were trained
   * @param steps that they had at its end
   */
  public record Rung(int trials, long steps) {}

  /**
   * @param number from 0
   * @param settings by the place of the key
   * @param scores at the ends of the rungs that it was in
   * @param ended why it could not go on, such as a collapse; empty where nothing was wrong
   * @param curve the figure by step
   */
  public record Trial(
      int number,
      SortedMap<String, JsonNode> settings,
      List<Double> scores,
      String ended,
      List<Point> curve) {
    public Trial {
      scores = List.copyOf(scores);
      curve = List.copyOf(curve);
    }
  }

  /**
   * @param step of training
   * @param value of the figure
   */
  public record Point(long step, double value) {}

  public TuningStory {
    rungs = List.copyOf(rungs);
    trials = List.copyOf(trials);
  }

  /** Scores of the last rung, by number of the trial. */
  @JsonIgnore
  public SortedMap<Integer, Double> lastScores() {
    SortedMap<Integer, Double> scores = new TreeMap<>();
    for (Trial trial : trials) {
      if (trial.scores().size() == rungs.size()) {
        scores.put(trial.number(), trial.scores().get(rungs.size() - 1));
      }
    }
    return scores;
  }
}
