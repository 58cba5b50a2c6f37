package dev.graft.model.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends single requests to a chat service of the form of OpenAI's. Nothing of the key is in any
 * message: what a service says of a refused key may hold it and is not repeated. Thread-safe.
 */
final class ChatClient {
  private static final int MOST_BYTES = 4 << 20;
  private static final int MOST_SHOWN = 200;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ChatService service;
  private final URI address;
  private final HttpClient http;

  ChatClient(ChatService service) {
    this.service = service;
    this.address = service.address();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  /**
   * Sends a request and waits for its end, within the time limit of the definition.
   *
   * @throws GraftException (exit 3) when the service refuses whatever is asked: the key, the
   *     address, the model
   */
  Reply send(String body) throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    String key = key();
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    // A time limit of the request's own would end with the head of the response.
    CompletableFuture<HttpResponse<byte[]>> response =
        http.sendAsync(request.build(), head -> new LimitedBody(MOST_BYTES));
    try {
      return reply(response.get((long) (1000 * service.calls().timeOut()), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      response.cancel(true);
      return Reply.Failed.again("time-out");
    } catch (InterruptedException e) {
      response.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) {
        return Reply.Failed.again("unreachable");
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** What the environment has; nothing where the variable is not set. */
  private String key() {
    String key = service.key().isEmpty() ? null : System.getenv(service.key());
    if (key == null || key.isBlank()) {
      return "";
    }
    if (!key.strip().chars().allMatch(c -> c > ' ' && c < 0x7F)) {
      throw GraftException.usage(
          "the environment variable %s holds no key: one is printable ASCII without spaces",
          service.key());
    }
    return key.strip();
  }

  private Reply reply(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status == 200) {
      return said(response.body());
    }
    if (status == 408 || status == 409 || status == 425 || status >= 500) {
      return new Reply.Failed("server-error", true, after(response));
    }
    if (status == 429) {
      return new Reply.Failed("rate-limited", true, after(response));
    }
    if (status == 400 || status == 413 || status == 422) {
      return new Reply.Failed("refused-request", false, Duration.ZERO);
    }
    throw refused(status, response.body());
  }

  private GraftException refused(int status, byte[] body) {
    String where = "the chat service at " + address + " answers with HTTP " + status;
    if (status == 401 || status == 403) {
      return GraftException.input(
          "%s: it refuses the key; %s",
          where,
          service.key().isEmpty()
              ? "name the environment variable that holds one in architecture.service.key"
              : key().isEmpty()
                  ? "the environment variable " + service.key() + " is not set"
                  : "look at the environment variable " + service.key());
    }
    if (status == 404) {
      return GraftException.input(
          "%s: there is no such address, or no model \"%s\"%s; look at architecture.service.url,"
              + " which /chat/completions follows, and architecture.service.model",
          where, service.model(), shown(body));
    }
    return GraftException.input(
        "%s%s; look at architecture.service.url and at what the service wants", where, shown(body));
  }

  /** What the service says of it, cut, without the key. */
  private String shown(byte[] body) {
    String text = "";
    try {
      text = Json.mapper().readTree(body).at("/error/message").asText();
    } catch (IOException e) {
      // It says nothing that can be read.
    }
    String key = key();
    String safe = key.isEmpty() ? text : text.replace(key, "...");
    String line = safe.replaceAll("\\s+", " ").strip();
    return line.isEmpty()
        ? ""
        : " (" + line.substring(0, Math.min(MOST_SHOWN, line.length())) + ")";
  }

  private static Reply said(byte[] body) {
    JsonNode tree;
    try {
      tree = Json.mapper().readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      return Reply.Failed.again("garbage");
    }
    JsonNode content = tree.at("/choices/0/message/content");
    return new Reply.Said(
        content.isTextual() ? content.textValue() : "",
        Math.max(0, tree.at("/usage/prompt_tokens").asLong()),
        Math.max(0, tree.at("/usage/completion_tokens").asLong()));
  }

  /** {@code Retry-After} (RFC 9110), a date as seen from the service's own clock. */
  private static Duration after(HttpResponse<?> response) {
    Optional<String> after = response.headers().firstValue("Retry-After");
    if (after.isEmpty()) {
      return Duration.ZERO;
    }
    String value = after.get().strip();
    if (value.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(value));
    }
    try {
      ZonedDateTime until = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME);
      String sent = response.headers().firstValue("Date").orElse(value);
      Duration wait =
          Duration.between(ZonedDateTime.parse(sent, DateTimeFormatter.RFC_1123_DATE_TIME), until);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }
}
