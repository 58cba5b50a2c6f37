package dev.graft.publish;

import dev.graft.data.SampleId;
import dev.graft.publish.ReadDecisions.Refused;
import java.util.PriorityQueue;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Claims, of the rows refused for one reason, the bounded sample that is shown. */
final class SampleRefused
    extends DoFn<KV<String, Iterable<KV<String, byte[]>>>, KV<String, KV<String, byte[]>>> {
  private static final long serialVersionUID = 1L;

  @ProcessElement
  public void process(
      @Element KV<String, Iterable<KV<String, byte[]>>> reason,
      OutputReceiver<KV<String, KV<String, byte[]>>> out) {
    PriorityQueue<Refused> kept = new PriorityQueue<>(Refused.ORDER.reversed());
    for (KV<String, byte[]> row : reason.getValue()) {
      ReadDecisions.keepFirst(kept, new Refused(SampleId.ofBytes(row.getValue()), row.getKey()));
    }
    for (Refused row : kept) {
      out.output(KV.of(row.file(), KV.of(reason.getKey(), ReadDecisions.pack(row.id()))));
    }
  }
}
