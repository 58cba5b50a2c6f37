package dev.graft.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.graft.data.json.Json;
import java.io.UncheckedIOException;

/** JSON as commands print it. */
final class JsonText {
  private JsonText() {}

  /** One line; keys stay in their order. */
  static String line(Object value) {
    try {
      return Json.mapper().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
