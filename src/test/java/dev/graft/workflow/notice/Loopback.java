package dev.graft.workflow.notice;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server of this machine that keeps what is posted to it. */
public final class Loopback implements AutoCloseable {
  private final HttpServer server;
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private volatile String authorization = "";

  /**
   * @param status that it answers with
   */
  public Loopback(int status) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
  }

  public List<String> bodies() {
    return bodies;
  }

  /** The one body so far. */
  public JsonNode body() {
    if (bodies.size() != 1) {
      throw new AssertionError("posted: " + bodies);
    }
    return Json.read(bodies.get(0).getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  public String authorization() {
    return authorization;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
