package dev.graft.evaluate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Gives a few long tasks to the workers, in order, each to whichever is free. A source with one
 * split per task does that on every runner; a reshuffle would deal them out by hash beforehand, and
 * two long trainings might wait for each other on one worker while the next has nothing to do.
 */
public final class HandOutTasks extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final List<String> tasks;

  /**
   * @param tasks the longest first
   */
  public HandOutTasks(List<String> tasks) {
    this.tasks = List.copyOf(tasks);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin.apply("OnePerSplit", Read.from(new TaskSource(tasks)));
  }

  private static final class TaskSource extends BoundedSource<String> {
    private static final long serialVersionUID = 1L;
    private static final long NOMINAL_BYTES = 1 << 20;

    private final List<String> tasks;

    TaskSource(List<String> tasks) {
      this.tasks = tasks;
    }

    @Override
    public List<? extends BoundedSource<String>> split(long bytes, PipelineOptions options) {
      // Flink hands out splits from the end of the list.
      List<TaskSource> splits = new ArrayList<>();
      for (String task : tasks) {
        splits.add(0, new TaskSource(List.of(task)));
      }
      return splits;
    }

    @Override
    public long getEstimatedSizeBytes(PipelineOptions options) {
      return tasks.size() * NOMINAL_BYTES;
    }

    @Override
    public Coder<String> getOutputCoder() {
      return StringUtf8Coder.of();
    }

    @Override
    public BoundedReader<String> createReader(PipelineOptions options) throws IOException {
      return new TaskReader(this);
    }
  }

  private static final class TaskReader extends BoundedSource.BoundedReader<String> {
    private final TaskSource source;
    private final Iterator<String> tasks;
    private String current;

    TaskReader(TaskSource source) {
      this.source = source;
      this.tasks = source.tasks.iterator();
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      current = tasks.hasNext() ? tasks.next() : null;
      return current != null;
    }

    @Override
    public String getCurrent() {
      if (current == null) {
        throw new NoSuchElementException();
      }
      return current;
    }

    @Override
    public BoundedSource<String> getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
