package dev.graft.evaluate.study;

import dev.graft.evaluate.TestReads.Reads;
import dev.graft.spec.StudySpec;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code study.json}. Equal inputs give equal bytes, but for the readings of test,
 * which count what else was done in the same place.
 *
 * @param name of the spec
 * @param study what was compared
 * @param classes names in id order
 * @param learner file of the learner's definition
 * @param learnerDigest digest of the definition
 * @param generator name of the generator's definition
 * @param protocol how it was measured, in sentences
 * @param versions of code and libraries that the figures may depend on
 * @param sizes ascending
 * @param test readings of every test part, by digest
 */
public record StudyFigures(
    String name,
    StudySpec study,
    List<String> classes,
    String learner,
    String learnerDigest,
    String generator,
    List<String> protocol,
    Map<String, String> versions,
    List<SizeFigures> sizes,
    List<Reads> test) {
  /** Name of the file. */
  public static final String FILE = "study.json";

  public StudyFigures {
    classes = List.copyOf(classes);
    protocol = List.copyOf(protocol);
    sizes = List.copyOf(sizes);
    test = List.copyOf(test);
  }
}
