package dev.graft.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.modality.BadRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;
import java.util.Map;

/** {@code jsonl}: an object on each line. Lines that are none are {@code undecodable}. */
public final class JsonLinesFormat extends RecordFormat {
  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public boolean hasLists() {
    return true;
  }

  @Override
  List<String> extensions() {
    return List.of(".jsonl", ".ndjson");
  }

  @Override
  Records open(Reader reader, String location, Map<String, String> settings) {
    BufferedReader lines = new BufferedReader(reader);
    return new Records() {
      private String line;
      private JsonNode record;

      @Override
      public boolean next() throws IOException {
        record = null;
        do {
          line = lines.readLine();
        } while (line != null && line.isBlank());
        return line != null;
      }

      @Override
      public String field(String name, boolean required) throws BadRecord {
        return JsonFields.text(record(), name, required);
      }

      @Override
      public List<String> list(String name) throws BadRecord {
        return JsonFields.list(record(), name);
      }

      @Override
      public String json(String name) throws BadRecord {
        return JsonFields.json(record(), name);
      }

      private JsonNode record() throws BadRecord {
        if (record == null) {
          record = parse(line);
        }
        return record;
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }

  private static JsonNode parse(String line) throws BadRecord {
    try {
      JsonNode record = Json.mapper().readTree(line);
      if (!record.isObject()) {
        throw new BadRecord("undecodable", "the line is no JSON object");
      }
      return record;
    } catch (JsonProcessingException e) {
      throw new BadRecord("undecodable", "no JSON: " + e.getOriginalMessage());
    }
  }
}
