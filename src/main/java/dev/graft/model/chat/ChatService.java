package dev.graft.model.chat;

import dev.graft.data.GraftException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * The {@code service} of a definition: which model is asked, where, and how.
 *
 * @param url what {@code /chat/completions} follows
 * @param model name that the service knows it by
 * @param key environment variable that holds the key on workers; empty for a service without. Only
 *     its name is ever written down
 * @param temperature of sampling
 * @param topP share of the probability that tokens are drawn from
 * @param maxTokens tokens of an answer, at most
 * @param sendSeed whether requests carry a seed
 * @param responseFormat what the service is told of the form of answers: {@code json-schema},
 *     {@code json-object} or {@code none}
 * @param price of tokens
 * @param calls how it may be asked
 */
record ChatService(
    String url,
    String model,
    String key,
    double temperature,
    double topP,
    int maxTokens,
    boolean sendSeed,
    String responseFormat,
    Price price,
    Calls calls) {
  private static final String PATH = "/chat/completions";
  private static final double PER_MILLION = 1e6;

  /**
   * @param prompt of a million tokens that are read
   * @param completion of a million that are written
   * @param currency of both
   */
  record Price(double prompt, double completion, String currency) {
    double of(long promptTokens, long completionTokens) {
      return (promptTokens * prompt + completionTokens * completion) / PER_MILLION;
    }

    /** Of a service that has prices. */
    String named() {
      return prompt == 0 && completion == 0 ? "" : currency;
    }
  }

  /**
   * @param concurrency requests of one process at a time
   * @param perSecond requests of one process in a second, at most; 0 for no limit
   * @param timeOut seconds until an answer must be whole
   * @param tries of one question, the first included
   * @param backOff seconds before the second try; each further one waits twice as long
   * @param mostFailed share of a process's questions that may come to nothing
   */
  record Calls(
      int concurrency,
      double perSecond,
      double timeOut,
      int tries,
      double backOff,
      double mostFailed) {}

  /**
   * @throws GraftException (exit 2) when the address is none
   */
  URI address() {
    try {
      URI address = new URI(url.replaceFirst("/+$", "") + PATH);
      boolean known = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (known && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Told below: an address that is none may hold a key.
    }
    throw GraftException.usage(
        "architecture.service.url is no address of a chat service; allowed: http:// or https://"
            + " with a host and without a user, such as http://localhost:8000/v1; a key belongs in"
            + " the environment variable that architecture.service.key names");
  }
}
