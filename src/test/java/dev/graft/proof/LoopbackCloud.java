package dev.graft.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.graft.data.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Cloud Storage and Dataflow on this machine's loopback interface, as far as Beam's clients call
 * them: objects are listed in pages, read in ranges, uploaded in pieces, rewritten and deleted in
 * batches; a job that is created is done when it is asked for a second time.
 */
final class LoopbackCloud implements AutoCloseable {
  private static final Pattern OBJECT = Pattern.compile("/b/([^/]+)/o/([^/]+)");
  private static final Pattern REWRITE =
      Pattern.compile("/b/([^/]+)/o/([^/]+)/rewriteTo/b/([^/]+)/o/([^/]+)");
  private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?:(\\d+)-\\d+|\\*)/(.*)");

  /** What is answered: a status and JSON or bytes. */
  private record Answer(int status, byte[] body, Map<String, String> headers) {
    static Answer json(int status, JsonNode body) {
      return new Answer(status, body.toString().getBytes(StandardCharsets.UTF_8), Map.of());
    }

    static Answer error(int status, String reason) {
      ObjectNode body = Json.mapper().createObjectNode();
      ObjectNode error = body.putObject("error").put("code", status).put("message", reason);
      error.putArray("errors").addObject().put("reason", reason).put("message", reason);
      return json(status, body);
    }
  }

  /** A question: its decoded query, and its path as it was sent. */
  private record Request(String method, String path, Map<String, String> query, byte[] body) {
    static Request of(String method, URI uri, byte[] body) {
      Map<String, String> query = new HashMap<>();
      if (uri.getRawQuery() != null) {
        for (String pair : uri.getRawQuery().split("&")) {
          int equals = pair.indexOf('=');
          query.put(pair.substring(0, equals), decode(pair.substring(equals + 1)));
        }
      }
      String path = uri.getRawPath().replaceFirst("^/(upload|download)/", "/");
      return new Request(method, path, query, body);
    }
  }

  final LoopbackStore store = new LoopbackStore();

  /** The bodies of the jobs that were created. */
  final List<JsonNode> jobs = new CopyOnWriteArrayList<>();

  private final Map<String, ByteArrayOutputStream> uploads = new ConcurrentHashMap<>();
  private final AtomicInteger polls = new AtomicInteger();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Predicate<String> refused = line -> false;
  private volatile boolean namesTaken;
  private volatile String endState = "JOB_STATE_DONE";

  LoopbackCloud() {
    // Answers go out at once, not after the 40 ms that a second packet waits for the first's
    // receipt.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Options that send Beam's clients here, without credentials. */
  List<String> options() {
    return List.of(
        "--gcsEndpoint=" + url() + "/",
        "--dataflowEndpoint=" + url(),
        "--credentialFactoryClass="
            + org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory.class.getName(),
        "--project=test-project");
  }

  /** Answers 403 to requests whose {@code METHOD path} is among these. */
  void refuse(Predicate<String> lines) {
    refused = lines;
  }

  /** Answers as if a job of every name was running already. */
  void takeNames() {
    namesTaken = true;
  }

  /** How jobs end from now on. */
  void endJobsAs(String state) {
    endState = state;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = body(exchange);
      Answer answer;
      try {
        answer = answer(exchange, body);
      } catch (RuntimeException e) {
        answer = Answer.error(500, e.toString());
      }
      answer.headers().forEach(exchange.getResponseHeaders()::add);
      if (!answer.headers().containsKey("Content-Type")) {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
      }
      exchange.sendResponseHeaders(
          answer.status(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (!"gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))) {
      return body;
    }
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return in.readAllBytes();
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) throws IOException {
    String method = exchange.getRequestMethod();
    Request request = Request.of(method, exchange.getRequestURI(), body);
    String path = request.path();
    if (path.startsWith("/batch")) {
      return batch(exchange.getRequestHeaders().getFirst("Content-Type"), body);
    }
    if (path.startsWith("/v1b3/")) {
      return dataflow(request);
    }
    if (path.equals("/resume")) {
      return resume(request, exchange.getRequestHeaders().getFirst("Content-Range"));
    }
    Answer answer = storage(request);
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (answer.status() == 200 && "media".equals(request.query().get("alt")) && range != null) {
      return part(answer.body(), range);
    }
    return answer;
  }

  /** {@code bytes=from-} or {@code bytes=from-to}. */
  private static Answer part(byte[] content, String range) {
    String[] ends = range.replace("bytes=", "").split("-", 2);
    int from = Integer.parseInt(ends[0]);
    int to = ends[1].isEmpty() ? content.length - 1 : Integer.parseInt(ends[1]);
    if (from >= content.length) {
      return Answer.error(416, "requestedRangeNotSatisfiable");
    }
    byte[] part = LoopbackStore.range(content, from, to);
    String told = "bytes " + from + "-" + (from + part.length - 1) + "/" + content.length;
    return new Answer(
        206, part, Map.of("Content-Range", told, "Content-Type", "application/octet-stream"));
  }

  private Answer storage(Request request) {
    if (refused.test(request.method() + " " + decode(request.path()))) {
      return Answer.error(403, "forbidden");
    }
    Matcher rewrite = REWRITE.matcher(request.path());
    Matcher object = OBJECT.matcher(request.path());
    if (rewrite.matches()) {
      return rewrite(name(rewrite, 1), name(rewrite, 3));
    }
    if (object.matches()) {
      return object(request, name(object, 1));
    }
    String bucket = request.path().replaceFirst("^/b/([^/]+).*", "$1");
    if (request.path().endsWith("/o") && request.method().equals("POST")) {
      return begin(bucket, request.query());
    }
    if (request.path().endsWith("/o")) {
      return Answer.json(
          200,
          store.list(
              bucket,
              request.query().getOrDefault("prefix", ""),
              request.query().getOrDefault("pageToken", "")));
    }
    return Answer.json(
        200, Json.mapper().createObjectNode().put("name", bucket).put("projectNumber", "1"));
  }

  private Answer object(Request request, String path) {
    if (store.get(path).isEmpty()) {
      return Answer.error(404, "notFound");
    }
    if (request.method().equals("DELETE")) {
      store.remove(path);
      return new Answer(204, new byte[0], Map.of());
    }
    if ("media".equals(request.query().get("alt"))) {
      return new Answer(
          200,
          store.get(path).orElseThrow().content(),
          Map.of("Content-Type", "application/octet-stream"));
    }
    return Answer.json(200, store.describe(path));
  }

  private Answer rewrite(String from, String to) {
    if (store.get(from).isEmpty()) {
      return Answer.error(404, "notFound");
    }
    byte[] content = store.get(from).orElseThrow().content();
    store.put(to, content, -1);
    ObjectNode answer =
        Json.mapper()
            .createObjectNode()
            .put("kind", "storage#rewriteResponse")
            .put("done", true)
            .put("objectSize", Integer.toString(content.length))
            .put("totalBytesRewritten", Integer.toString(content.length));
    answer.set("resource", store.describe(to));
    return Answer.json(200, answer);
  }

  private Answer begin(String bucket, Map<String, String> query) {
    String id = Integer.toString(uploads.size() + 1) + "-" + System.nanoTime();
    uploads.put(id, new ByteArrayOutputStream());
    String target = bucket + "/" + query.get("name");
    String expected = query.getOrDefault("ifGenerationMatch", "-1");
    String location =
        url() + "/resume?id=" + id + "&expected=" + expected + "&target=" + encode(target);
    return new Answer(200, new byte[0], Map.of("Location", location));
  }

  /** One piece; the one that tells the total is the last. */
  private Answer resume(Request request, String contentRange) throws IOException {
    String target = request.query().get("target");
    ByteArrayOutputStream upload = uploads.get(request.query().get("id"));
    upload.write(request.body());
    Matcher range = CONTENT_RANGE.matcher(contentRange == null ? "bytes */0" : contentRange);
    if (range.matches() && range.group(2).equals("*")) {
      return new Answer(308, new byte[0], Map.of("Range", "bytes=0-" + (upload.size() - 1)));
    }
    long expected = Long.parseLong(request.query().get("expected"));
    if (!store.put(target, upload.toByteArray(), expected)) {
      return Answer.error(412, "conditionNotMet");
    }
    return Answer.json(200, store.describe(target));
  }

  /** A multipart body of requests, answered by one of responses. */
  private Answer batch(String contentType, byte[] body) {
    String boundary = contentType.replaceFirst(".*boundary=\"?([^\";]+)\"?.*", "$1");
    StringBuilder answers = new StringBuilder();
    for (String part : new String(body, StandardCharsets.UTF_8).split("--" + boundary)) {
      Matcher line = Pattern.compile("(?m)^(GET|POST|DELETE|PUT) (\\S+) HTTP/1.1").matcher(part);
      if (!line.find()) {
        continue;
      }
      Matcher id = Pattern.compile("(?i)content-id: *<?([^>\\r\\n]+)>?").matcher(part);
      String contentId = id.find() ? id.group(1) : "1";
      Answer answer = storage(Request.of(line.group(1), URI.create(line.group(2)), new byte[0]));
      answers
          .append("--answer\r\nContent-Type: application/http\r\nContent-ID: <response-")
          .append(contentId)
          .append(">\r\n\r\nHTTP/1.1 ")
          .append(answer.status())
          .append(" x\r\nContent-Type: application/json\r\nContent-Length: ")
          .append(answer.body().length)
          .append("\r\n\r\n")
          .append(new String(answer.body(), StandardCharsets.UTF_8))
          .append("\r\n");
    }
    answers.append("--answer--\r\n");
    return new Answer(
        200,
        answers.toString().getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "multipart/mixed; boundary=answer"));
  }

  private Answer dataflow(Request request) throws IOException {
    ObjectNode answer = Json.mapper().createObjectNode();
    if (request.method().equals("POST") && request.path().endsWith("/jobs")) {
      JsonNode job = Json.mapper().readTree(request.body());
      jobs.add(job);
      polls.set(0);
      answer
          .put("name", job.path("name").asText())
          .put("clientRequestId", namesTaken ? "another" : job.path("clientRequestId").asText());
      return Answer.json(200, answer.put("id", "job-1").put("currentState", "JOB_STATE_RUNNING"));
    }
    if (request.path().endsWith("/messages")) {
      answer.putArray("jobMessages");
      return Answer.json(200, answer);
    }
    if (request.path().endsWith("/metrics")) {
      return Answer.json(200, answer);
    }
    String state = polls.getAndIncrement() > 0 ? endState : "JOB_STATE_RUNNING";
    return Answer.json(200, answer.put("id", "job-1").put("currentState", state));
  }

  /** The objects that were uploaded below {@code gs://path}, by name. */
  Map<String, byte[]> objects(String path) {
    return new TreeMap<>(store.below(path));
  }

  private static String name(Matcher matcher, int group) {
    return matcher.group(group) + "/" + decode(matcher.group(group + 1));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String encode(String text) {
    return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
