package dev.graft.model.classical;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.image.operation.Policy;
import dev.graft.model.ModelDefinition;
import dev.graft.model.nn.ImageShape;

/**
 * The policy of a {@code classical} definition, met afresh by a row at each use. It sees one row at
 * a time, so operations that mix in another one of the class leave the row as it is.
 */
public final class PolicyAugmenter implements ClassicalAugmenter {
  private final Policy policy;
  private final ImageShape shape;

  private PolicyAugmenter(Policy policy, ImageShape shape) {
    this.policy = policy;
    this.shape = shape;
  }

  /**
   * @param definition of the family {@code classical}
   * @throws GraftException (exit 2) when it does not fit the data
   */
  public static PolicyAugmenter of(ModelDefinition definition, DatasetSchema schema) {
    return new PolicyAugmenter(
        ClassicalArchitecture.of(definition.architecture()).policy(schema.classes()),
        ImageShape.of(schema));
  }

  @Override
  public void augment(
      byte[] values, int offset, int label, CounterRandom random, byte[] out, int outOffset) {
    int row = offset / shape.rowSize();
    policy.apply(
        new Policy.Source(values, row, row, shape.channels(), shape.height(), shape.width()),
        label,
        random,
        out,
        outOffset);
  }
}
