package dev.graft.report;

import static java.util.stream.Collectors.joining;

import dev.graft.evaluate.utility.ArmFigures;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Choice;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.evaluate.utility.UtilityFigures;
import java.util.List;
import java.util.stream.Stream;

/** What the runs of a utility comparison tried on tune rows, and what each of them chose. */
final class Choices {
  private Choices() {}

  /** One line of choices and a folded table of trials; empty when nothing was chosen. */
  static String of(UtilityFigures utility) {
    List<ArmFigures> arms =
        utility.arms().stream().filter(arm -> choices(arm).findAny().isPresent()).toList();
    if (arms.isEmpty()) {
      return "";
    }
    return "<p class=\"note\">Chosen on real tune rows: "
        + arms.stream().map(Choices::line).collect(joining("; "))
        + ".</p>"
        + trials(arms);
  }

  /** Such as {@code both 1,800 steps at 4:1 (2 of 3 runs), 600 steps at 1:1 (1 of 3 runs)}. */
  private static String line(ArmFigures arm) {
    List<String> recipes = choices(arm).map(choice -> recipe(choice.chosen())).toList();
    List<String> distinct = recipes.stream().distinct().toList();
    return "<b>"
        + arm.arm()
        + "</b> "
        + distinct.stream()
            .map(recipe -> recipe + (distinct.size() == 1 ? "" : share(recipe, recipes)))
            .collect(joining(", "));
  }

  private static String share(String recipe, List<String> recipes) {
    long runs = recipes.stream().filter(recipe::equals).count();
    return " (" + runs + " of " + recipes.size() + " runs)";
  }

  private static String recipe(Trial trial) {
    return Html.count(trial.steps())
        + (trial.steps() == 1 ? " step" : " steps")
        + (trial.ratio() == null ? "" : " at " + trial.ratio());
  }

  private static Stream<Choice> choices(ArmFigures arm) {
    return arm.runs().stream().map(ArmRun::choice).filter(choice -> choice != null);
  }

  private static String trials(List<ArmFigures> arms) {
    StringBuilder out =
        new StringBuilder(
            "<details><summary>Tried on tune rows</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th>Arm</th><th class=\"n\">Run</th><th class=\"n\">Steps</th>"
                + "<th class=\"n\">Real : synthetic</th><th class=\"n\">Tune accuracy</th><th></th>"
                + "</tr></thead><tbody>");
    for (ArmFigures arm : arms) {
      for (ArmRun run : arm.runs()) {
        if (run.choice() != null) {
          run.choice().tried().forEach(trial -> out.append(row(run, trial)));
        }
      }
    }
    return out.append("</tbody></table></div></details>").toString();
  }

  private static String row(ArmRun run, Trial trial) {
    return "<tr><th scope=\"row\">"
        + run.arm()
        + "</th><td class=\"n\">"
        + run.seed()
        + "</td><td class=\"n\">"
        + Html.count(trial.steps())
        + "</td><td class=\"n\">"
        + (trial.ratio() == null ? "" : trial.ratio())
        + "</td><td class=\"n\">"
        + Html.percent(trial.tuneAccuracy())
        + "</td><td>"
        + (trial.equals(run.choice().chosen()) ? "chosen" : "")
        + "</td></tr>";
  }
}
