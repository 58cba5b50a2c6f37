package dev.graft.evaluate.run;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.model.ensemble.Mixture;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which member of an ensemble has drawn each of some candidates. An id is a function of model,
 * seed, condition and index, and so is the member: the indices of a class are gone through until
 * all its ids are found.
 */
final class MemberRows {
  private final Mixture mixture;
  private final String generator;
  private final long seed;

  /**
   * @param generator content digest
   * @param seed of AUGMENT's draws
   */
  MemberRows(Mixture mixture, String generator, long seed) {
    this.mixture = mixture;
    this.generator = generator;
    this.seed = seed;
  }

  /**
   * @param drawn candidates over all classes, accepted or not: more than any index
   * @param labelled whether the dataset has classes
   * @return position of the member of each row
   */
  int[] of(LabelledRows rows, int drawn, boolean labelled) {
    Map<SampleId, Integer> wanted = new HashMap<>();
    for (int row = 0; row < rows.size(); row++) {
      wanted.put(rows.ids().get(row), row);
    }
    int[] left = new int[1 + Arrays.stream(rows.labels()).max().orElse(0)];
    for (int label : rows.labels()) {
      left[label]++;
    }
    int[] members = new int[rows.size()];
    for (int label = 0; label < left.length; label++) {
      Condition condition = Condition.ofLabel(labelled ? label : -1);
      for (int index = 0; left[label] > 0; index++) {
        if (index >= drawn) {
          throw new IllegalStateException("rows of class " + label + " that nothing has drawn");
        }
        Integer row = wanted.get(SampleId.synthetic(generator, seed, condition.key(), index));
        if (row != null) {
          members[row] = mixture.memberOf(condition, seed, index);
          left[label]--;
        }
      }
    }
    return members;
  }
}
