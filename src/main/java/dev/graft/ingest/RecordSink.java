package dev.graft.ingest;

import dev.graft.modality.BadRecord;

/** Where a {@link SourceFormat} puts the records it reads, and what it must know to read them. */
public interface RecordSink {
  /** Class ids by name. */
  ClassIndex classes();

  /** The column whose values stay together in the split; empty for none. */
  String groupColumn();

  /** Largest stored size of one record, so that a format need not read what will be refused. */
  long maxBytes();

  /** Takes a record. */
  void accept(SourceRecord item);

  /** Sets a record aside. */
  void reject(String file, long index, BadRecord reason);
}
