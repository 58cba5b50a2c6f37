package dev.graft.evaluate;

import dev.graft.stage.SpreadEvenly;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Gives a few long tasks to the workers in turn, once its input is there. {@link HandOutTasks},
 * which gives each to whichever worker is free, is a source: it cannot wait for a stage before it.
 */
final class DealTasks extends PTransform<PCollection<String>, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final List<String> tasks;

  /**
   * @param tasks the longest first
   */
  DealTasks(List<String> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  @Override
  public PCollection<String> expand(PCollection<String> start) {
    return start
        .apply("Number", ParDo.of(new NumberFn(tasks)))
        .setCoder(KvCoder.of(VarIntCoder.of(), StringUtf8Coder.of()))
        .apply("Spread", SpreadEvenly.by(KV::getKey))
        .apply("DropNumbers", Values.create());
  }

  private static final class NumberFn extends DoFn<String, KV<Integer, String>> {
    private static final long serialVersionUID = 1L;

    private final List<String> tasks;

    NumberFn(List<String> tasks) {
      this.tasks = tasks;
    }

    @ProcessElement
    public void process(OutputReceiver<KV<Integer, String>> out) {
      for (int task = 0; task < tasks.size(); task++) {
        out.output(KV.of(task, tasks.get(task)));
      }
    }
  }
}
