package dev.graft.model.chat;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** A response's bytes, up to a limit: one that never ends fills no memory. */
final class LimitedBody implements BodySubscriber<byte[]> {
  private final BodySubscriber<byte[]> whole = BodySubscribers.ofByteArray();
  private final long most;
  private Flow.Subscription source;
  private long bytes;

  /**
   * @param most bytes; a longer body fails with an {@link IOException}
   */
  LimitedBody(long most) {
    this.most = most;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole.getBody();
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    source = subscription;
    whole.onSubscribe(subscription);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    long before = bytes;
    bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
    if (bytes <= most) {
      whole.onNext(buffers);
    } else if (before <= most) {
      source.cancel();
      whole.onError(
          new IOException(String.format(Locale.ROOT, "a response of more than %d bytes", most)));
    }
  }

  @Override
  public void onError(Throwable failure) {
    whole.onError(failure);
  }

  @Override
  public void onComplete() {
    if (bytes <= most) {
      whole.onComplete();
    }
  }
}
