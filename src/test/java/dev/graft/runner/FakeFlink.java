package dev.graft.runner;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The part of a JobManager's REST interface that lists and cancels jobs, on loopback. */
public final class FakeFlink implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, String> names = new TreeMap<>();
  private final Map<String, String> states = new TreeMap<>();
  private final List<String> cancelled = new ArrayList<>();
  private boolean ends = true;

  /** Starts it on a free port. */
  public FakeFlink() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  /** What {@code --flinkMaster} takes. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Adds a job. */
  public synchronized void job(String id, String name, String state) {
    names.put(id, name);
    states.put(id, state);
  }

  /** Jobs stay in the state CANCELLING. */
  public synchronized void neverEnd() {
    ends = false;
  }

  /** Ids of the jobs that were asked to end. */
  public synchronized List<String> cancelled() {
    return List.copyOf(cancelled);
  }

  /** State by id. */
  public synchronized Map<String, String> states() {
    return Map.copyOf(states);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("PATCH")
        && "mode=cancel".equals(exchange.getRequestURI().getQuery())) {
      String id = path.substring("/jobs/".length());
      cancelled.add(id);
      states.put(id, "CANCELLING");
      reply(exchange, 202, Map.of());
    } else if (path.equals("/jobs/overview")) {
      List<Map<String, String>> jobs = new ArrayList<>();
      names.forEach(
          (id, name) -> jobs.add(Map.of("jid", id, "name", name, "state", states.get(id))));
      reply(exchange, 200, Map.of("jobs", jobs));
      states.replaceAll((id, state) -> ends && state.equals("CANCELLING") ? "CANCELED" : state);
    } else {
      reply(exchange, 503, Map.of());
    }
  }

  private static void reply(HttpExchange exchange, int status, Object content) throws IOException {
    byte[] body = Json.canonical(content).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
