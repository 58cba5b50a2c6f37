package dev.graft.model;

import dev.graft.stage.CallLimit;

/**
 * A classifier each of whose calls may take only so long.
 *
 * @param name of the model, for the message
 */
public record LimitedClassifier(Classifier classifier, CallLimit limit, String name)
    implements Classifier {
  @Override
  public int classes() {
    return classifier.classes();
  }

  @Override
  public int featureSize() {
    return classifier.featureSize();
  }

  @Override
  public Prediction predict(byte[] values, int count) {
    return limit.within(
        () -> name + ", asked for the classes of " + count + " rows,",
        () -> classifier.predict(values, count));
  }

  @Override
  public void close() {
    classifier.close();
  }
}
