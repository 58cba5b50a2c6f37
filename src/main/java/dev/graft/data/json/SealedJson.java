package dev.graft.data.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON objects that carry the digest of their own content, for files that later launches trust: a
 * flipped bit or a cut end is noticed when they are read.
 */
public final class SealedJson {
  private static final Logger LOG = LoggerFactory.getLogger(SealedJson.class);
  private static final String SEAL = "sha256";

  private SealedJson() {}

  /** Indented text of an object, with its seal. */
  public static String text(Object value) {
    byte[] plain = Json.pretty(value).getBytes(StandardCharsets.UTF_8);
    ObjectNode content = (ObjectNode) Json.read(plain, JsonNode.class);
    return Json.pretty(content.put(SEAL, Json.digest(content)));
  }

  /**
   * @throws GraftException (exit 3) when the file is not what was written
   */
  public static <T> T read(String location, Class<T> type) {
    JsonNode content;
    try {
      content = Json.read(Storage.read(location), JsonNode.class);
    } catch (UncheckedIOException e) {
      throw damaged(location);
    }
    if (!(content instanceof ObjectNode object) || !object.path(SEAL).isTextual()) {
      throw damaged(location);
    }
    String seal = object.remove(SEAL).textValue();
    if (!seal.equals(Json.digest(object))) {
      throw damaged(location);
    }
    return Json.mapper().convertValue(object, type);
  }

  /** What a file holds that can be made again: nothing, when it is missing or damaged. */
  public static <T> Optional<T> find(String location, Class<T> type) {
    if (!Storage.exists(location)) {
      return Optional.empty();
    }
    try {
      return Optional.of(read(location, type));
    } catch (GraftException e) {
      LOG.warn("{} is damaged; made again", location);
      return Optional.empty();
    }
  }

  private static GraftException damaged(String location) {
    return GraftException.input(
        "%s is not what was written there; remove it: what it stands for is made again", location);
  }
}
