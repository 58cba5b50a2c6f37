package dev.graft.ingest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.BadRecord;
import java.io.IOException;
import java.io.Reader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * {@code json-splits}: one object with an array of records per split, as CLINC150 has it; the key
 * {@code split} says which. A record is an object, or an array whose fields are named 1, 2 and so
 * on; text and label are 1 and 2 by default.
 */
public final class JsonSplitsFormat extends RecordFormat {
  private static final String SPLIT = "split";

  @Override
  public String name() {
    return "json-splits";
  }

  @Override
  public boolean hasLists() {
    return true;
  }

  @Override
  List<String> extensions() {
    return List.of(".json");
  }

  @Override
  public Map<String, String> columns() {
    Map<String, String> columns = new HashMap<>(super.columns());
    columns.put(SPLIT, "train");
    columns.put(TEXT, "1");
    columns.put(LABEL, "2");
    return columns;
  }

  @Override
  Records open(Reader reader, String location, Map<String, String> settings) throws IOException {
    JsonParser parser = Json.mapper().getFactory().createParser(reader);
    try {
      find(parser, location, settings.get(SPLIT));
    } catch (JsonProcessingException e) {
      throw malformed(location, e);
    }
    return new Records() {
      private JsonNode record;

      @Override
      public boolean next() throws IOException {
        try {
          record = parser.nextToken() == JsonToken.END_ARRAY ? null : parser.readValueAsTree();
        } catch (JsonProcessingException e) {
          throw malformed(location, e);
        }
        return record != null;
      }

      @Override
      public String field(String name, boolean required) throws BadRecord {
        return JsonFields.text(named(), name, required);
      }

      @Override
      public List<String> list(String name) throws BadRecord {
        return JsonFields.list(named(), name);
      }

      @Override
      public String json(String name) throws BadRecord {
        return JsonFields.json(named(), name);
      }

      private JsonNode named() {
        if (!record.isArray()) {
          return record;
        }
        ObjectNode fields = Json.mapper().createObjectNode();
        for (int i = 0; i < record.size(); i++) {
          fields.set(Integer.toString(i + 1), record.get(i));
        }
        return fields;
      }

      @Override
      public void close() throws IOException {
        parser.close();
      }
    };
  }

  /** Goes to the beginning of a split's array. */
  private static void find(JsonParser parser, String location, String split) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw GraftException.input("%s is no JSON object with an array per split", location);
    }
    TreeSet<String> others = new TreeSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals(split)) {
        if (value != JsonToken.START_ARRAY) {
          throw GraftException.input("%s: the split \"%s\" is no array", location, split);
        }
        return;
      }
      others.add(name);
      parser.skipChildren();
    }
    throw GraftException.input(
        "%s has no split \"%s\"; it has %s", location, split, String.join(", ", others));
  }

  private static GraftException malformed(String location, JsonProcessingException e) {
    return GraftException.input(
        "%s is no JSON: %s at line %d",
        location,
        e.getOriginalMessage(),
        e.getLocation() == null ? 0 : e.getLocation().getLineNr());
  }
}
