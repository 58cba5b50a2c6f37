package dev.graft.model.chat;

import com.google.common.util.concurrent.RateLimiter;
import dev.graft.model.ServiceUse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Gets questions answered: from what is kept, or else by the service, so many at a time, with
 * further tries after waits that double. A question that two threads of this process have is asked
 * once. Thread-safe.
 *
 * <p>What the service has answered is kept, also when it cannot be used. A question that it did not
 * answer is asked anew by the next call that has it.
 */
final class Asker implements AutoCloseable {
  private static final long IDLE_SECONDS = 5;
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final double LONGEST_OWN_WAIT = 60_000;
  private static final long WAITS = 1L << 32;

  private final ChatService service;
  private final AnswerForm form;
  private final KeptAnswers kept;
  private final ChatClient client;
  private final FailureLimit limit;
  private final RateLimiter rate;
  private final ThreadPoolExecutor threads;
  private final Map<String, CompletableFuture<Outcome>> open = new ConcurrentHashMap<>();

  Asker(ChatService service, AnswerForm form, KeptAnswers kept) {
    this.service = service;
    this.form = form;
    this.kept = kept;
    this.client = new ChatClient(service);
    this.limit = new FailureLimit(service.calls().mostFailed());
    double perSecond = service.calls().perSecond();
    this.rate = perSecond > 0 ? RateLimiter.create(perSecond) : null;
    int concurrency = service.calls().concurrency();
    this.threads =
        new ThreadPoolExecutor(
            concurrency,
            concurrency,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Asker::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "graft-chat");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * @param answer that counts
   * @param sent requests that it took now
   */
  record Outcome(KeptAnswer answer, int sent) {}

  /** What an outcome has taken of the service. */
  ServiceUse use(Outcome outcome) {
    KeptAnswer answer = outcome.answer();
    return new ServiceUse(
        1,
        answer.promptTokens(),
        answer.completionTokens(),
        service.price().of(answer.promptTokens(), answer.completionTokens()),
        service.price().named(),
        Map.of());
  }

  /**
   * Asks several questions at once.
   *
   * @return in their order
   * @throws dev.graft.data.GraftException as soon as one of them meets a reason to end the run
   */
  List<Outcome> ask(List<Question> questions) {
    List<CompletableFuture<Outcome>> asked = new ArrayList<>();
    CompletableFuture<Void> failure = new CompletableFuture<>();
    for (Question question : questions) {
      String key = question.key(service, form);
      CompletableFuture<Outcome> outcome =
          open.computeIfAbsent(
              key,
              k -> CompletableFuture.supplyAsync(() -> outcome(question, k, failure), threads));
      asked.add(
          outcome.whenComplete(
              (done, failed) -> {
                open.remove(key, outcome);
                if (failed != null) {
                  failure.completeExceptionally(failed);
                }
              }));
    }
    CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, failure).get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      while (cause instanceof CompletionException && cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("a question was interrupted").initCause(e);
    }
    return asked.stream().map(CompletableFuture::join).toList();
  }

  /**
   * @param failure of the call that has the question; once there is one, nobody waits any more
   */
  private Outcome outcome(Question question, String key, CompletableFuture<?> failure) {
    if (failure.isDone()) {
      throw new CancellationException("another question has ended the call");
    }
    Optional<KeptAnswer> known = kept.find(key);
    if (known.isPresent()) {
      limit.answered();
      return new Outcome(known.get(), 0);
    }
    try {
      return tried(question, key);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (CancellationException)
          new CancellationException("a question was interrupted").initCause(e);
    }
  }

  private Outcome tried(Question question, String key) throws InterruptedException {
    List<String> texts = List.of();
    String problem = "";
    boolean answered = false;
    long prompt = 0;
    long completion = 0;
    Duration after = Duration.ZERO;
    int sent = 0;
    boolean again = true;
    while (again && sent < service.calls().tries()) {
      if (sent > 0) {
        Thread.sleep(pause(question, sent, after));
      }
      if (rate != null) {
        rate.acquire();
      }
      Reply reply = client.send(question.body(service, form, sent++));
      if (reply instanceof Reply.Said said) {
        prompt += said.promptTokens();
        completion += said.completionTokens();
        AnswerForm.Content content = form.read(said.text(), question.texts());
        texts = content.texts();
        problem = content.problem();
        answered = true;
        again = !problem.isEmpty();
        after = Duration.ZERO;
      } else if (reply instanceof Reply.Failed failed) {
        texts = List.of();
        problem = failed.reason();
        again = failed.again();
        answered = !again;
        after = failed.after();
      }
    }
    KeptAnswer answer = new KeptAnswer(texts, problem, prompt, completion);
    if (answered) {
      answer = kept.keep(key, answer);
    }
    if (texts.isEmpty()) {
      limit.failed(problem, answered);
    } else {
      limit.answered();
    }
    return new Outcome(answer, sent);
  }

  /** Gives up what is still asked. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      threads.awaitTermination(IDLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Milliseconds before a try: as the service asks, or by half to one and a half of what doubles.
   */
  private long pause(Question question, int sent, Duration after) {
    double own =
        1000
            * service.calls().backOff()
            * Math.pow(2, sent - 1.0)
            * (0.5 + question.random().uniform(WAITS + sent));
    long asked = Math.min(after.toMillis(), LONGEST_WAIT.toMillis());
    return Math.max(asked, (long) Math.min(LONGEST_OWN_WAIT, own));
  }
}
