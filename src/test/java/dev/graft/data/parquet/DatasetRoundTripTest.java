package dev.graft.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** Any table comes back as it was written, whatever its column names, nulls, text and lists. */
class DatasetRoundTripTest {
  record Table(List<Column> columns, List<DatasetRow> rows) {}

  @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
  void everyTableRoundTrips(@ForAll("tables") Table table, @ForAll boolean published)
      throws IOException {
    Path directory = Files.createTempDirectory("round-trip");
    String location = directory.resolve("table.parquet").toString();
    WriteProfile profile = published ? WriteProfile.PUBLISHED : WriteProfile.INTERNAL;
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(location, table.columns(), Map.of(), profile.withRowGroupRows(7))) {
      table.rows().forEach(writer::write);
      writer.commit();
    }
    try (DatasetFileReader reader = DatasetFileReader.open(location)) {
      assertThat(reader.columns()).isEqualTo(table.columns());
      DatasetFileTest.assertSameRows(reader, table.rows());
    } finally {
      Files.delete(Path.of(location));
      Files.delete(directory);
    }
  }

  @Provide
  Arbitrary<Table> tables() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
                Arbitraries.of(
                    "education-num",
                    "name of owner",
                    "a.b",
                    "größe",
                    "\u5e74\u9f62",
                    "sélect *",
                    "x\"y"),
                Arbitraries.strings().all().ofMinLength(1).ofMaxLength(8))
            .map(DatasetRoundTripTest::withoutLoneSurrogates)
            .filter(name -> !name.isBlank() && !name.equals("_graft"));
    Arbitrary<List<String>> nameLists = names.list().uniqueElements().ofMinSize(1).ofMaxSize(6);
    return nameLists.flatMap(
        list -> {
          List<Arbitrary<Column>> columns = list.stream().map(this::column).toList();
          return Combinators.combine(columns)
              .as(chosen -> chosen)
              .flatMap(
                  chosen -> row(chosen).list().ofMaxSize(20).map(rows -> new Table(chosen, rows)));
        });
  }

  private Arbitrary<Column> column(String name) {
    return Arbitraries.oneOf(
        Arbitraries.just(new Column.Image(name)),
        text().list().ofMinSize(1).ofMaxSize(3).map(names -> new Column.ClassLabel(name, names)),
        Arbitraries.of(Type.class).map(type -> new Column.Value(name, type)));
  }

  private Arbitrary<DatasetRow> row(List<Column> columns) {
    List<Arbitrary<Object>> values = columns.stream().map(this::value).toList();
    return Combinators.combine(
            Combinators.combine(values).as(list -> new ArrayList<>(list).toArray()),
            provenance().injectNull(0.1))
        .as(DatasetRow::new);
  }

  private Arbitrary<Object> value(Column column) {
    Arbitrary<?> values;
    if (column instanceof Column.Image) {
      values =
          Combinators.combine(bytes().injectNull(0.2), text().injectNull(0.2)).as(MediaValue::new);
    } else if (column instanceof Column.Value plain) {
      values =
          switch (plain.type()) {
            case STRING -> text();
            case INT64 -> Arbitraries.longs();
            case DOUBLE -> doubles();
            case BOOLEAN -> Arbitraries.of(true, false);
            case BINARY -> bytes();
          };
    } else {
      values = Arbitraries.longs().between(-1, 9);
    }
    return values.asGeneric().map(value -> (Object) value).injectNull(0.2);
  }

  private Arbitrary<Provenance> provenance() {
    return Combinators.combine(
            text(),
            Arbitraries.of(true, false),
            text().injectNull(0.3),
            text().injectNull(0.3),
            Arbitraries.longs().injectNull(0.3),
            text().injectNull(0.3),
            text().list().ofMaxSize(3),
            Arbitraries.maps(text(), doubles()).ofMaxSize(3))
        .as(
            (id, synthetic, generator, version, seed, condition, sources, scores) ->
                new Provenance(
                    id, synthetic, generator, version, seed, condition, sources, "run", scores));
  }

  private static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.doubles(),
        Arbitraries.of(Double.NaN, Double.POSITIVE_INFINITY, -0.0, Double.MIN_VALUE));
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.strings()
        .all()
        .ofMaxLength(12)
        .map(DatasetRoundTripTest::withoutLoneSurrogates);
  }

  /** UTF-8 has no code for half a pair. */
  private static String withoutLoneSurrogates(String text) {
    return text.codePoints()
        .filter(point -> point < 0xD800 || point > 0xDFFF)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
