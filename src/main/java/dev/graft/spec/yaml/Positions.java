package dev.graft.spec.yaml;

import java.util.LinkedHashMap;
import java.util.Map;

/** The position of every value of a document, by JSON pointer. */
public final class Positions {
  private final Map<String, Position> byPointer = new LinkedHashMap<>();

  Positions(String source) {
    byPointer.put("", new Position(source, 1, 1));
  }

  void put(String pointer, Position position) {
    byPointer.put(pointer, position);
  }

  /** Forgets what was known of a value and everything in it. */
  void replace(String pointer, Position position) {
    byPointer.keySet().removeIf(place -> place.startsWith(pointer + "/"));
    byPointer.put(pointer, position);
  }

  /** The position of a value, or of its nearest ancestor that was written down. */
  public Position at(String pointer) {
    String place = pointer;
    while (!byPointer.containsKey(place)) {
      place = parent(place);
    }
    return byPointer.get(place);
  }

  /** The line of {@link #at}; 0 when the value came from {@code --set}. */
  public int line(String pointer) {
    return at(pointer).line();
  }

  /** {@code pointer} with one more segment. */
  public static String child(String pointer, String key) {
    return pointer + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  static String parent(String pointer) {
    return pointer.substring(0, Math.max(0, pointer.lastIndexOf('/')));
  }

  /** The pointer as people write it: {@code select[0].min}; empty for the root. */
  public static String dotted(String pointer) {
    StringBuilder text = new StringBuilder();
    if (!pointer.isEmpty()) {
      for (String raw : pointer.substring(1).split("/", -1)) {
        String key = raw.replace("~1", "/").replace("~0", "~");
        if (key.matches("\\d+")) {
          text.append('[').append(key).append(']');
        } else {
          text.append(text.isEmpty() ? "" : ".").append(key);
        }
      }
    }
    return text.toString();
  }
}
