package dev.graft.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Strings;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.messages.FlinkJobNotFoundException;
import org.apache.flink.runtime.rest.util.RestClientException;

/** What a Flink cluster that is named by its REST address says of itself. */
final class FlinkCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  private FlinkCluster() {}

  /** Whether a Beam option {@code flinkMaster} names a cluster, and not a way of running. */
  static boolean isAddress(String master) {
    return !master.startsWith("[");
  }

  /**
   * The cluster's {@code parallelism.default}, which Beam would not ask for; 1 when it has none.
   *
   * @param master {@code host:port}, with or without {@code http://}
   * @throws GraftException (exit 1) when no Flink answers there
   */
  static int parallelism(String master) {
    for (JsonNode setting : get(master, "/jobmanager/config")) {
      if (setting.path("key").asText().equals("parallelism.default")) {
        return Math.max(1, setting.path("value").asInt(1));
      }
    }
    return 1;
  }

  /**
   * Cancels the jobs of these names that have not ended, and waits for their end.
   *
   * @param master {@code host:port}, with or without {@code http://}
   * @param longest time to wait
   * @return the names of those jobs
   * @throws GraftException (exit 5) when one does not end, (exit 1) when no Flink answers there
   */
  static List<String> cancel(String master, Predicate<String> names, Duration longest) {
    List<JsonNode> jobs = atWork(master, names);
    List<String> cancelled = jobs.stream().map(job -> job.path("name").asText()).toList();
    for (JsonNode job : jobs) {
      // A job that has just ended refuses; the wait sees it.
      send(master, "PATCH", "/jobs/" + job.path("jid").asText() + "?mode=cancel");
    }
    long end = System.nanoTime() + longest.toNanos();
    while (!jobs.isEmpty()) {
      if (System.nanoTime() > end) {
        throw new GraftException(
            ExitCode.BUSY,
            String.format(
                Locale.ROOT,
                "job %s of an earlier launch is %s at %s and does not end; end it (flink cancel"
                    + " %s), then run this command again",
                jobs.get(0).path("name").asText(),
                jobs.get(0).path("state").asText(),
                master,
                jobs.get(0).path("jid").asText()));
      }
      pause(master);
      jobs = atWork(master, names);
    }
    return cancelled;
  }

  private static List<JsonNode> atWork(String master, Predicate<String> names) {
    List<JsonNode> jobs = new ArrayList<>();
    for (JsonNode job : get(master, "/jobs/overview").path("jobs")) {
      if (names.test(job.path("name").asText()) && !ENDED.contains(job.path("state").asText())) {
        jobs.add(job);
      }
    }
    return jobs;
  }

  private static void pause(String master) {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(master, "interrupted", e);
    }
  }

  private static JsonNode get(String master, String path) {
    HttpResponse<byte[]> response = send(master, "GET", path);
    if (response.statusCode() != 200) {
      throw unreachable(master, "HTTP status " + response.statusCode(), null);
    }
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw unreachable(master, e.toString(), e);
    }
  }

  private static HttpResponse<byte[]> send(String master, String method, String path) {
    String address = (master.contains("://") ? "" : "http://") + master;
    try {
      return HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .build()
          .send(
              HttpRequest.newBuilder(URI.create(address + path))
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(master, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(master, "interrupted", e);
    }
  }

  /**
   * Whether a job's failure is that nobody listens at the cluster's address, and not what the
   * cluster tells of the job.
   */
  static boolean isCutOff(Throwable failure) {
    boolean refused = false;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobExecutionException) {
        return false;
      }
      refused |= cause instanceof ConnectException;
    }
    return refused;
  }

  /**
   * Whether a job's failure is that the cluster does not know it, as a job manager does that has
   * been started again since.
   */
  static boolean hasForgotten(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // The cluster's own exception arrives as text.
      if (cause instanceof RestClientException
          && Strings.nullToEmpty(cause.getMessage())
              .contains(FlinkJobNotFoundException.class.getName())) {
        return true;
      }
    }
    return false;
  }

  private static GraftException unreachable(String master, String why, Throwable cause) {
    return new GraftException(
        ExitCode.TRANSIENT,
        String.format(
            Locale.ROOT,
            "no Flink cluster answers at %s (%s); --flinkMaster takes host:port of its web and REST"
                + " port",
            master,
            why),
        cause);
  }
}
