package dev.graft.train;

import dev.graft.data.GraftException;
import dev.graft.stage.Outcome;
import dev.graft.stage.SpreadEvenly;
import dev.graft.stage.StageContext;
import dev.graft.stage.WorkerMemory;
import java.io.IOException;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Tunes the generator: the trials of a rung are trained on as many workers as there are, and those
 * of the next begin when all have ended. Elements are places in a rung; which trial has the place
 * is told by the results of the rung before, which every worker sees.
 *
 * <p>Gives the lane of the generator, once, when its settings are chosen. Where there is a
 * generator already, no trial is trained.
 */
final class TuneGenerator extends PTransform<PBegin, PCollection<Integer>> {
  private static final long serialVersionUID = 1L;

  private final StageContext context;
  private final RealRows rows;

  TuneGenerator(StageContext context, RealRows rows) {
    this.context = context;
    this.rows = rows;
  }

  @Override
  public PCollection<Integer> expand(PBegin begin) {
    Tuning tuning = Tuning.of(context, rows).orElseThrow();
    int rungs = tuning.rungs().size();
    PCollection<Integer> places =
        begin.apply(
            "Trials",
            Create.of(IntStream.range(0, tuning.trials()).boxed().toList())
                .withCoder(VarIntCoder.of()));
    for (int rung = 0; rung < rungs; rung++) {
      String step = "Rung" + (rung + 1);
      places =
          places
              .apply("Place" + step, SpreadEvenly.by(place -> place))
              .apply(
                  step,
                  ParDo.of(new TrainTrialFn(context, rows, rung))
                      .setResourceHints(WorkerMemory.forTensors()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), VarIntCoder.of()))
              .apply("Gather" + step, GroupByKey.create())
              .apply("After" + step, ParDo.of(new NextRungFn(context, rows, rung, rungs)))
              .setCoder(VarIntCoder.of());
    }
    return places;
  }

  /** Trains the trial of a place to the end of a rung. */
  private static final class TrainTrialFn extends DoFn<Integer, KV<String, Integer>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final RealRows rows;
    private final int rung;

    TrainTrialFn(StageContext context, RealRows rows, int rung) {
      this.context = context;
      this.rows = rows;
      this.rung = rung;
    }

    @ProcessElement
    public void process(@Element Integer place, OutputReceiver<KV<String, Integer>> out)
        throws IOException {
      try {
        if (!hasGenerator(context, rows)) {
          Tuning tuning = Tuning.of(context, rows).orElseThrow();
          tuning.result(tuning.entrants(rung).get(place), rung);
        }
        out.output(KV.of("", place));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }

  /** Gives the places of the next rung; after the last one the lane of the generator. */
  private static final class NextRungFn extends DoFn<KV<String, Iterable<Integer>>, Integer> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final RealRows rows;
    private final int rung;
    private final int rungs;

    NextRungFn(StageContext context, RealRows rows, int rung, int rungs) {
      this.context = context;
      this.rows = rows;
      this.rung = rung;
      this.rungs = rungs;
    }

    @ProcessElement
    public void process(OutputReceiver<Integer> out) throws IOException {
      try {
        if (rung == rungs - 1) {
          out.output(TrainStage.GENERATOR_LANE);
          return;
        }
        int next =
            hasGenerator(context, rows)
                ? 1
                : Tuning.of(context, rows).orElseThrow().entrants(rung + 1).size();
        for (int place = 0; place < next; place++) {
          out.output(place);
        }
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }

  private static boolean hasGenerator(StageContext context, RealRows rows) {
    return new RoleTraining(context, ModelRole.GENERATOR, rows)
        .find(TrainStage.decide(context))
        .isPresent();
  }
}
