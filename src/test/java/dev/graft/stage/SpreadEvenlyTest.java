package dev.graft.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;

class SpreadEvenlyTest {
  private static final Map<Long, AtomicInteger> PIECES_BY_THREAD = new ConcurrentHashMap<>();

  private static final class WorkFn extends DoFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Integer piece, OutputReceiver<Integer> out) {
      PIECES_BY_THREAD
          .computeIfAbsent(Thread.currentThread().getId(), id -> new AtomicInteger())
          .incrementAndGet();
      out.output(piece);
    }
  }

  private static void run(int pieces, String... options) {
    PIECES_BY_THREAD.clear();
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(options).create());
    PCollection<Integer> done =
        pipeline
            .apply(
                Create.of(IntStream.range(0, pieces).boxed().toList()).withCoder(VarIntCoder.of()))
            .apply("Spread", SpreadEvenly.by(piece -> piece))
            .apply("Work", ParDo.of(new WorkFn()));
    PAssert.that(done).containsInAnyOrder(IntStream.range(0, pieces).boxed().toList());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void sixPiecesAreThreeForEachOfTwoFlinkWorkers() {
    run(6, "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");
    assertThat(PIECES_BY_THREAD.values()).extracting(AtomicInteger::get).containsExactly(3, 3);
  }

  @Test
  void manyPiecesAreEvenOnFourFlinkWorkers() {
    run(5_000, "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=4");
    assertThat(PIECES_BY_THREAD.values())
        .extracting(AtomicInteger::get)
        .hasSize(4)
        .allSatisfy(count -> assertThat(count).isBetween(1_240, 1_260));
  }

  @Test
  void fourGroupsAreTwoForEachOfTwoFlinkWorkers() {
    PIECES_BY_THREAD.clear();
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2")
                .create());
    pipeline
        .apply(Create.of(IntStream.range(0, 4).boxed().toList()).withCoder(VarIntCoder.of()))
        .apply("Key", WithKeys.of((Integer group) -> SpreadEvenly.key(group)))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))
        .apply("Meet", GroupByKey.create())
        .apply("One", ParDo.of(new OneFn()))
        .apply("Work", ParDo.of(new WorkFn()));
    pipeline.run().waitUntilFinish();
    assertThat(PIECES_BY_THREAD.values()).extracting(AtomicInteger::get).containsExactly(2, 2);
  }

  private static final class OneFn extends DoFn<KV<Integer, Iterable<Integer>>, Integer> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<Integer>> group, OutputReceiver<Integer> out) {
      out.output(group.getKey());
    }
  }

  @Test
  void nothingIsLostOnTheDirectRunner() {
    run(100, "--runner=DirectRunner", "--targetParallelism=2");
  }
}
