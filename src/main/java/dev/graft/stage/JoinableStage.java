package dev.graft.stage;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;

/** A stage that can also begin when a stage before it has committed, in one job with it. */
public interface JoinableStage extends Stage {
  /**
   * Adds the stage's graph, ending in its commit.
   *
   * @param start exactly one element, there when the stage may begin; what it holds says nothing
   * @return one element, there when the stage has committed
   */
  PCollection<String> build(PCollection<String> start, StageContext context);

  @Override
  default void build(Pipeline pipeline, StageContext context) {
    build(pipeline.apply("Start", Create.of("").withCoder(StringUtf8Coder.of())), context);
  }
}
