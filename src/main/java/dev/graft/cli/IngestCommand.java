package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code graft ingest}. */
@Command(
    name = "ingest",
    header = "Read, check and split the real data.",
    description = {
      "Writes canonical Parquet shards, the schema, statistics per class and the rejected records with their reasons. Exit 3 when more records are bad than source.max-bad-records allows."
    })
final class IngestCommand extends LaunchCommand {

  IngestCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.INGEST));
  }
}
