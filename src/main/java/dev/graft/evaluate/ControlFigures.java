package dev.graft.evaluate;

import dev.graft.data.LabelledRows;
import dev.graft.modality.RowText;
import dev.graft.modality.text.TextDemands;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How many rows are what a control has asked for.
 *
 * @param candidates share of the candidates that metrics look at
 * @param accepted share of all accepted rows
 */
public record ControlFigures(Figure candidates, Figure accepted) {
  /**
   * By control; empty where none asks for anything that a text shows.
   *
   * @param text what rows say
   */
  public static Map<String, ControlFigures> of(
      TextDemands demands, RowText text, LabelledRows candidates, LabelledRows accepted) {
    Map<String, ControlFigures> figures = new TreeMap<>();
    for (String control : demands.asked()) {
      figures.put(
          control,
          new ControlFigures(
              met(demands, control, text, candidates), met(demands, control, text, accepted)));
    }
    return figures;
  }

  private static Figure met(TextDemands demands, String control, RowText text, LabelledRows rows) {
    if (rows.size() == 0) {
      return Figure.undefined("there are no rows");
    }
    long met =
        IntStream.range(0, rows.size())
            .filter(row -> demands.met(control, text.of(rows.values(), row * rows.rowSize())))
            .count();
    return Figure.of((double) met / rows.size());
  }
}
