package dev.graft.model.ensemble;

import dev.graft.data.json.Json;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.watch.WatchStory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checkpoints of trainings that follow one another as those of one training: each holds the members
 * that are done, and where the next one is.
 */
final class MemberCheckpoints {
  private static final String PLACE = "place";
  private static final String CURRENT = "current";

  private final Checkpoints whole;
  private final List<FittedModel> done = new ArrayList<>();
  private final Optional<Checkpoint> resumed;
  private long offset;

  /** Where a training of the member after {@code done} was. */
  private record Checkpoint(int member, Checkpoints.Checkpoint inner) {}

  /**
   * What a file says beside its tensors.
   *
   * @param offset steps of the members that are done
   * @param step of the member that is not
   */
  private record Place(long offset, long step, List<Done> done) {}

  /** A member that is done, but for its weights. */
  private record Done(
      List<HistoryPoint> history, long bestStep, Map<String, Double> figures, WatchStory watch) {}

  MemberCheckpoints(Checkpoints whole) throws IOException {
    this.whole = whole;
    Optional<Checkpoints.Checkpoint> latest = whole.latest();
    this.resumed =
        latest.isPresent() ? Optional.of(decode(latest.get().state())) : Optional.empty();
  }

  private Checkpoint decode(byte[] state) {
    Safetensors file = Safetensors.decode(state);
    Place place =
        Json.read(file.metadata().get(PLACE).getBytes(StandardCharsets.UTF_8), Place.class);
    for (int member = 0; member < place.done().size(); member++) {
      Done one = place.done().get(member);
      done.add(
          new FittedModel(
              file.bytes().get(name(member)).values(),
              one.history(),
              one.bestStep(),
              one.figures(),
              one.watch()));
    }
    offset = place.offset();
    return new Checkpoint(
        done.size(), new Checkpoints.Checkpoint(place.step(), file.bytes().get(CURRENT).values()));
  }

  private static String name(int member) {
    return "done/" + member;
  }

  /** Members that earlier attempts have finished. */
  List<FittedModel> done() {
    return List.copyOf(done);
  }

  /** Notes that the member after {@link #done} is done. */
  void add(FittedModel fitted) {
    done.add(fitted);
    offset += fitted.history().stream().mapToLong(HistoryPoint::step).max().orElse(0);
  }

  /** The checkpoints of the member after {@link #done}. */
  Checkpoints current() {
    int member = done.size();
    return new Checkpoints() {
      @Override
      public Optional<Checkpoints.Checkpoint> latest() {
        return resumed
            .filter(found -> found.member() == member)
            .map(MemberCheckpoints.Checkpoint::inner);
      }

      @Override
      public void save(Checkpoints.Checkpoint inner) throws IOException {
        whole.save(new Checkpoints.Checkpoint(offset + inner.step(), encode(inner)));
      }
    };
  }

  private byte[] encode(Checkpoints.Checkpoint inner) {
    List<Done> facts =
        done.stream()
            .map(
                fitted ->
                    new Done(fitted.history(), fitted.bestStep(), fitted.figures(), fitted.watch()))
            .toList();
    Safetensors file =
        Safetensors.of(
                Map.of(), Map.of(PLACE, Json.canonical(new Place(offset, inner.step(), facts))))
            .withBytes(CURRENT, ByteTensor.of(inner.state()));
    for (int member = 0; member < done.size(); member++) {
      file = file.withBytes(name(member), ByteTensor.of(done.get(member).weights()));
    }
    return file.encode();
  }
}
