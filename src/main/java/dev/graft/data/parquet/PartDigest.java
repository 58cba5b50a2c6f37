package dev.graft.data.parquet;

import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the rows of one part of a dataset are, whatever their order and files. Digests of disjoint
 * sets of rows add up through {@link #merge}.
 *
 * @param part configuration and split, such as {@code synthetic/train}
 * @param schema type and class names by column, in column order, as JSON
 * @param rows how many
 * @param content multiset hash of the rows
 * @param columns multiset hash of the values of each column and each field of {@code _graft}; the
 *     run id, which differs from run to run, is left out here and in {@code content}
 */
public record PartDigest(
    String part, String schema, long rows, String content, Map<String, String> columns)
    implements Serializable {
  public PartDigest {
    columns = new LinkedHashMap<>(columns);
  }

  /** The digest of the rows of one file. */
  static PartDigest ofFile(String location, String part) {
    try (DatasetFileReader reader = DatasetFileReader.open(location)) {
      Accumulator accumulator = new Accumulator(part, reader.columns());
      reader.forEach(accumulator::add);
      return accumulator.digest();
    }
  }

  /** The digest of the rows of both; they must be of the same part and schema. */
  public PartDigest merge(PartDigest other) {
    if (!part.equals(other.part)) {
      throw new IllegalArgumentException("digests of " + part + " and " + other.part);
    }
    if (!schema.equals(other.schema)) {
      throw GraftException.input(
          "the files of %s disagree on their columns: %s and %s", part, schema, other.schema);
    }
    Map<String, String> sums = new LinkedHashMap<>(columns);
    other.columns.forEach((name, hash) -> sums.merge(name, hash, PartDigest::sum));
    return new PartDigest(part, schema, rows + other.rows, sum(content, other.content), sums);
  }

  private static String sum(String a, String b) {
    return MultisetHash.ofHex(a).plus(MultisetHash.ofHex(b)).hex();
  }

  /** Type and class names by column, as JSON. */
  static String describe(List<Column> columns) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (Column column : columns) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", column.name());
      if (column instanceof Column.Value value) {
        entry.put("type", value.type().name());
      } else if (column instanceof Column.ClassLabel label) {
        entry.put("type", "CLASS_LABEL");
        entry.put("names", label.names());
      } else if (column instanceof Column.ListOf list) {
        entry.put("type", "LIST_OF_" + list.type().name());
        entry.put("names", list.names());
      } else if (column instanceof Column.Floats) {
        entry.put("type", "LIST_OF_FLOAT");
      } else if (column instanceof Column.Spans spans) {
        entry.put("type", "SPANS");
        entry.put("names", spans.kinds());
      } else {
        entry.put("type", "IMAGE");
      }
      described.add(entry);
    }
    return Json.canonical(described);
  }

  /** Takes the rows of one part one by one. */
  public static final class Accumulator {
    private static final List<String> FIELDS =
        List.of(
            "sample_id",
            "is_synthetic",
            "generator",
            "model_version",
            "seed",
            "condition",
            "source_ids",
            "scores");

    private final String part;
    private final String schema;
    private final List<String> names = new ArrayList<>();
    private final MultisetHash[] sums;
    private final RowValues.Hasher hasher = new RowValues.Hasher();
    private final byte[] row;
    private MultisetHash content = MultisetHash.EMPTY;
    private long rows;

    public Accumulator(String part, List<Column> columns) {
      this.part = part;
      this.schema = describe(columns);
      columns.forEach(column -> names.add(column.name()));
      FIELDS.forEach(field -> names.add(ParquetSchema.PROVENANCE + "." + field));
      this.sums = new MultisetHash[names.size()];
      Arrays.fill(sums, MultisetHash.EMPTY);
      this.row = new byte[names.size() * MultisetHash.BYTES];
    }

    public void add(DatasetRow value) {
      int width = names.size() - FIELDS.size();
      for (int i = 0; i < width; i++) {
        take(i, value.values()[i]);
      }
      Object[] fields = fields(value.provenance());
      for (int i = 0; i < fields.length; i++) {
        take(width + i, fields[i]);
      }
      content = content.plus(MultisetHash.element(row, row.length));
      rows++;
    }

    private void take(int column, Object value) {
      byte[] hash = hasher.hash(value);
      sums[column] = sums[column].plus(hash);
      System.arraycopy(hash, 0, row, column * MultisetHash.BYTES, MultisetHash.BYTES);
    }

    /** In the order of {@link #FIELDS}. */
    private static Object[] fields(Provenance provenance) {
      if (provenance == null) {
        return new Object[FIELDS.size()];
      }
      return new Object[] {
        provenance.sampleId(),
        provenance.synthetic(),
        provenance.generator(),
        provenance.modelVersion(),
        provenance.seed(),
        provenance.condition(),
        provenance.sourceIds(),
        provenance.scores()
      };
    }

    public PartDigest digest() {
      Map<String, String> columns = new LinkedHashMap<>();
      for (int i = 0; i < sums.length; i++) {
        columns.put(names.get(i), sums[i].hex());
      }
      return new PartDigest(part, schema, rows, content.hex(), columns);
    }
  }
}
