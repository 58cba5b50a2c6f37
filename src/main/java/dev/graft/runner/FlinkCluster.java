package dev.graft.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

/** What a Flink cluster that is named by its REST address says of itself. */
final class FlinkCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  private static JsonNode get(String master, String path) {
    String address = (master.contains("://") ? "" : "http://") + master;
    try {
      HttpResponse<byte[]> response =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(
                  HttpRequest.newBuilder(URI.create(address + path)).timeout(PATIENCE).build(),
                  HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return new ObjectMapper().readTree(response.body());
      }
      throw unreachable(master, "HTTP status " + response.statusCode(), null);
    } catch (IOException | IllegalArgumentException e) {
      throw unreachable(master, e.toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(master, "interrupted", e);
    }
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
