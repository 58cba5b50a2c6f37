package dev.graft.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.graft.data.CounterRandom;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chat service on the loopback interface. It shuffles the words of the examples of a prompt, or
 * their parts where they are objects, and "translates" by turning the order of words around. An
 * answer is a function of the request; so is which half of the requests meets trouble.
 */
public final class FakeChat implements AutoCloseable {
  /** What happens to half of the requests, or to all of them. */
  public enum Trouble {
    NONE,
    HALF_FAIL,
    HALF_STALL,
    HALF_GARBAGE,
    HALF_LIMITED,
    /** All of the above and answers with too few texts, by turns. */
    HALF_ANYTHING,
    ALL_FAIL,
    ALL_PROSE,
    ALL_UNAUTHORISED,
    ALL_FORBIDDEN,
    ALL_MISSING,
    ALL_REFUSED
  }

  /** How long a stalled request takes. */
  public static final int STALL_MILLIS = 1500;

  private static final Pattern COUNT = Pattern.compile("Write (\\d+) ");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^- (.+)$");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(32);
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private volatile Trouble trouble;

  public FakeChat(Trouble trouble) {
    this.trouble = trouble;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/v1/chat/completions", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** What a definition's {@code url} is. */
  public String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/v1";
  }

  public void trouble(Trouble other) {
    trouble = other;
  }

  /** Requests so far. */
  public int requests() {
    return requests.get();
  }

  /** Most requests that were open at a time. */
  public int mostAtATime() {
    return most.get();
  }

  /** Values of the Authorization header so far; an empty one for none. */
  public Set<String> keys() {
    return keys;
  }

  /** Requests so far, in the order of their arrival. */
  public List<String> bodies() {
    return bodies;
  }

  private void handle(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try (exchange) {
      requests.incrementAndGet();
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      keys.add(key == null ? "" : key);
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      bodies.add(body);
      respond(exchange, body);
    } finally {
      now.decrementAndGet();
    }
  }

  private void respond(HttpExchange exchange, String body) throws IOException {
    long hash = Hashing.sha256().hashString(body, StandardCharsets.UTF_8).asLong();
    boolean half = (hash & 1) == 0;
    switch (trouble) {
      case HALF_FAIL -> troubled(exchange, body, hash, half ? 0 : 9);
      case HALF_STALL -> troubled(exchange, body, hash, half ? 1 : 9);
      case HALF_GARBAGE -> troubled(exchange, body, hash, half ? 2 : 9);
      case HALF_LIMITED -> troubled(exchange, body, hash, half ? 3 : 9);
      case HALF_ANYTHING ->
          troubled(exchange, body, hash, half ? (int) Math.floorMod(hash >> 8, 6L) : 9);
      case ALL_FAIL -> troubled(exchange, body, hash, 0);
      case ALL_PROSE -> troubled(exchange, body, hash, 5);
      case ALL_UNAUTHORISED -> send(exchange, 401, error("wrong key " + keys));
      case ALL_FORBIDDEN -> send(exchange, 403, error("not for you"));
      case ALL_MISSING -> send(exchange, 404, error("no such model"));
      case ALL_REFUSED -> send(exchange, 400, error("not such a text"));
      case NONE -> troubled(exchange, body, hash, 9);
    }
  }

  private static void troubled(HttpExchange exchange, String body, long hash, int kind)
      throws IOException {
    List<?> texts = texts(body);
    switch (kind) {
      case 0 -> send(exchange, 503, error("busy"));
      case 1 -> {
        try {
          Thread.sleep(STALL_MILLIS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        send(exchange, 200, said(json(texts)));
      }
      case 2 -> send(exchange, 200, "<html>" + hash);
      case 3 -> {
        exchange.getResponseHeaders().set("Retry-After", "0");
        send(exchange, 429, error("slower"));
      }
      case 4 -> send(exchange, 200, said(json(texts.subList(0, texts.size() - 1))));
      case 5 -> send(exchange, 200, said("Of course! Here they are: " + texts));
      default ->
          send(exchange, 200, said(half(hash) ? json(texts) : "```json\n" + json(texts) + "\n```"));
    }
  }

  private static boolean half(long hash) {
    return (hash & 2) == 0;
  }

  private static List<?> texts(String body) {
    JsonNode tree = Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    String user = "";
    for (JsonNode message : tree.path("messages")) {
      user = message.path("content").asText();
    }
    CounterRandom random =
        CounterRandom.of(
            tree.path("seed").asLong(),
            Hashing.sha256().hashString(user, StandardCharsets.UTF_8).asLong());
    if (user.startsWith("Translate")) {
      String text = user.lines().skip(1).findFirst().orElseThrow();
      List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
      Collections.reverse(words);
      boolean home = user.contains("to English");
      return List.of((home ? "please " : "") + String.join(" ", words));
    }
    Matcher count = COUNT.matcher(user);
    int wanted = count.find() ? Integer.parseInt(count.group(1)) : 1;
    if (user.contains("\n- {")) {
      return objects(user, wanted, random);
    }
    List<String> words = new ArrayList<>();
    int longest = 0;
    for (Matcher example = EXAMPLE.matcher(user); example.find(); ) {
      List<String> own = List.of(example.group(1).split(" "));
      longest = Math.max(longest, own.size());
      words.addAll(own);
    }
    List<String> texts = new ArrayList<>();
    for (int text = 0; text < wanted; text++) {
      StringBuilder out = new StringBuilder();
      for (int word = 0; word < longest; word++) {
        out.append(word == 0 ? "" : " ");
        out.append(words.get(random.below(100L * text + word, words.size())));
      }
      texts.add(out.toString());
    }
    return texts;
  }

  /** Texts of parts, each part that of an example. */
  private static List<ObjectNode> objects(String user, int wanted, CounterRandom random) {
    List<ObjectNode> examples = new ArrayList<>();
    for (Matcher example = EXAMPLE.matcher(user); example.find(); ) {
      examples.add(Json.read(example.group(1).getBytes(StandardCharsets.UTF_8), ObjectNode.class));
    }
    List<ObjectNode> texts = new ArrayList<>();
    for (int text = 0; text < wanted; text++) {
      ObjectNode made = Json.mapper().createObjectNode();
      for (String part : (Iterable<String>) () -> examples.get(0).fieldNames()) {
        ObjectNode from =
            examples.get(random.below(100L * texts.size() + made.size(), examples.size()));
        made.set(part, from.get(part));
      }
      texts.add(made);
    }
    return texts;
  }

  private static String json(List<?> texts) {
    return Json.canonical(java.util.Map.of("texts", texts));
  }

  private static String said(String content) {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.putArray("choices").addObject().putObject("message").put("content", content);
    answer.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 10);
    return answer.toString();
  }

  private static String error(String message) {
    ObjectNode answer = Json.mapper().createObjectNode();
    answer.putObject("error").put("message", message);
    return answer.toString();
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] content = body.getBytes(StandardCharsets.UTF_8);
    try {
      exchange.sendResponseHeaders(status, content.length);
      exchange.getResponseBody().write(content);
    } catch (IOException e) {
      // Who has asked did not wait.
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
