package dev.graft.generate;

import dev.graft.data.GraftException;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.util.function.Supplier;
import org.apache.beam.sdk.transforms.DoFn;

/** A step of AUGMENT: thin over the plain classes of its {@link AugmentRun}. */
abstract class AugmentFn<InputT, OutputT> extends DoFn<InputT, OutputT> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;
  private final AugmentInputs inputs;

  AugmentFn(AugmentScope scope) {
    this.context = scope.context();
    this.inputs = scope.inputs();
  }

  final StageContext context() {
    return context;
  }

  final AugmentRun run() {
    return guarded(() -> AugmentRun.of(context, inputs));
  }

  /** Records an expected failure as the outcome of this launch before it is thrown on. */
  final <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (GraftException e) {
      throw Outcome.failed(context, e);
    }
  }
}
