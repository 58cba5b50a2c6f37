package dev.graft.data.parquet;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * Reads one dataset file: Graft's own or any Parquet file whose columns are media structs, plain
 * values and lists of them, such as the Hugging Face image layout. Rows come in file order. Not for
 * use by several threads at once; open the file once per thread and give each a range of row
 * groups.
 *
 * <p>A file that cannot be read is an input error (exit 3) that names the file and the cause.
 */
public final class DatasetFileReader implements AutoCloseable, Iterable<DatasetRow> {
  private final String location;
  private final StorageInputFile file;
  private final ParquetFileReader reader;
  private final FileMetaData metadata;
  private final List<Column> columns;
  private final MessageType requested;

  private DatasetFileReader(String location, Projection projection) throws IOException {
    this.location = location;
    this.file = new StorageInputFile(location);
    ParquetFileReader opened = null;
    try {
      ParquetReadOptions options =
          new ParquetReadOptions.Builder(new PlainParquetConfiguration())
              .withCodecFactory(new ParquetCodecs())
              .withPageChecksumVerification(true)
              .build();
      opened = ParquetFileReader.open(file, options);
      this.reader = opened;
      this.metadata = opened.getFileMetaData();
      this.columns = project(columns(metadata), projection);
      this.requested = request(metadata.getSchema(), columns, projection.provenance());
      opened.setRequestedSchema(requested);
    } catch (IOException | RuntimeException e) {
      if (opened != null) {
        opened.close();
      }
      file.close();
      throw e;
    }
  }

  /** Opens a file for reading everything. */
  public static DatasetFileReader open(String location) {
    return open(location, Projection.all());
  }

  /** Opens a file for reading some of its columns. */
  public static DatasetFileReader open(String location, Projection projection) {
    try {
      return new DatasetFileReader(location, projection);
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new GraftException(ExitCode.INPUT, location + " does not exist", e);
    } catch (GraftException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw unreadable(location, e);
    }
  }

  /** Rows of a file by its footer; -1 when it is missing or is no whole file. */
  public static long countRows(String location) {
    try (DatasetFileReader reader = open(location)) {
      return reader.rowCount();
    } catch (GraftException e) {
      return -1;
    }
  }

  /** The columns that rows have values of, in this order. */
  public List<Column> columns() {
    return columns;
  }

  /** Names of the file's columns that have no Graft type, such as structs and timestamps. */
  public List<String> unsupportedColumns() {
    Set<String> known = new HashSet<>();
    columns(metadata).forEach(column -> known.add(column.name()));
    known.add(ParquetSchema.PROVENANCE);
    return metadata.getSchema().getFields().stream()
        .map(Type::getName)
        .filter(name -> !known.contains(name))
        .toList();
  }

  /** Whether the file has a {@code _graft} struct. */
  public boolean hasProvenance() {
    return metadata.getSchema().containsField(ParquetSchema.PROVENANCE);
  }

  /** Key-value metadata. */
  public Map<String, String> footer() {
    return metadata.getKeyValueMetaData();
  }

  /** Rows of the whole file. */
  public long rowCount() {
    return reader.getRecordCount();
  }

  /** Rows of each row group. */
  public List<Long> rowGroups() {
    return reader.getRowGroups().stream().map(BlockMetaData::getRowCount).toList();
  }

  @Override
  public Iterator<DatasetRow> iterator() {
    return rows(0, reader.getRowGroups().size()).iterator();
  }

  /** Rows of the row groups from {@code from} (inclusive) to {@code to} (exclusive). */
  public Iterable<DatasetRow> rows(int from, int to) {
    return () -> new Rows(from, to);
  }

  @Override
  public void close() {
    try {
      reader.close();
      file.close();
    } catch (IOException e) {
      throw unreadable(location, e);
    }
  }

  private static List<Column> columns(FileMetaData metadata) {
    String features = metadata.getKeyValueMetaData().get(HuggingFaceFeatures.KEY);
    List<Column> columns = new ArrayList<>();
    for (Type field : metadata.getSchema().getFields()) {
      if (!field.getName().equals(ParquetSchema.PROVENANCE)) {
        ForeignTypes.column(field, features).ifPresent(columns::add);
      }
    }
    return List.copyOf(columns);
  }

  private List<Column> project(List<Column> all, Projection projection) {
    if (projection.columns().isEmpty()) {
      return all;
    }
    List<Column> chosen = new ArrayList<>();
    for (String name : projection.columns().get()) {
      Optional<Column> found = all.stream().filter(c -> c.name().equals(name)).findFirst();
      chosen.add(
          found.orElseThrow(
              () ->
                  GraftException.input(
                      "%s has no readable column \"%s\"; it has %s",
                      location, name, all.stream().map(Column::name).toList())));
    }
    return List.copyOf(chosen);
  }

  private static MessageType request(MessageType schema, List<Column> columns, boolean provenance) {
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.name()));
    List<Type> fields = new ArrayList<>();
    for (Type field : schema.getFields()) {
      if (provenance && field.getName().equals(ParquetSchema.PROVENANCE)) {
        fields.add(knownPart(field.asGroupType(), PROVENANCE_TYPE));
      } else if (names.contains(field.getName())) {
        boolean whole =
            field.isPrimitive() || ForeignTypes.element(field.asGroupType()).isPresent();
        fields.add(whole ? field : knownPart(field.asGroupType()));
      }
    }
    return new MessageType(schema.getName(), fields);
  }

  private static final GroupType PROVENANCE_TYPE =
      ParquetSchema.of(List.of()).getType(0).asGroupType();
  private static final GroupType MEDIA_TYPE =
      ParquetSchema.of(List.of(new Column.Image("media"))).getType(0).asGroupType();

  private static final GroupType SPAN_TYPE =
      ParquetSchema.of(List.of(new Column.Spans("spans", List.of())))
          .getType("spans", "list", "element")
          .asGroupType();

  /** What is read of a column of structs. */
  private static GroupType knownPart(GroupType field) {
    if (field.getLogicalTypeAnnotation() == null) {
      return knownPart(field, MEDIA_TYPE);
    }
    GroupType repeated = field.getType(0).asGroupType();
    return field.withNewFields(
        repeated.withNewFields(knownPart(repeated.getType(0).asGroupType(), SPAN_TYPE)));
  }

  /** The fields of {@code group} that {@code known} has too. */
  private static GroupType knownPart(GroupType group, GroupType known) {
    return group.withNewFields(
        group.getFields().stream().filter(f -> known.containsField(f.getName())).toList());
  }

  /** An input error, or for a network that failed one that may pass when it is tried again. */
  private static RuntimeException unreadable(String location, Exception cause) {
    if (cause instanceof IOException failure
        && !(cause instanceof EOFException)
        && !Storage.isLocal(location)) {
      return new UncheckedIOException("cannot read " + location, failure);
    }
    return new GraftException(
        ExitCode.INPUT,
        String.format(
            Locale.ROOT,
            "cannot read %s as Parquet: %s; is the file whole?",
            location,
            rootMessage(cause)),
        cause);
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private final class Rows implements Iterator<DatasetRow> {
    private final RowMaterializer materializer = new RowMaterializer(requested, columns);
    private final int end;
    private int group;
    private long left;
    private RecordReader<DatasetRow> records;

    Rows(int from, int to) {
      this.group = from;
      this.end = to;
    }

    @Override
    public boolean hasNext() {
      while (left == 0 && group < end) {
        openGroup();
      }
      return left > 0;
    }

    private void openGroup() {
      try {
        PageReadStore pages = reader.readRowGroup(group);
        group++;
        left = pages.getRowCount();
        records =
            new ColumnIOFactory(metadata.getCreatedBy())
                .getColumnIO(requested, metadata.getSchema())
                .getRecordReader(pages, materializer);
      } catch (IOException | RuntimeException e) {
        throw unreadable(location, e);
      }
    }

    @Override
    public DatasetRow next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      try {
        left--;
        return records.read();
      } catch (RuntimeException e) {
        throw unreadable(location, e);
      }
    }
  }
}
