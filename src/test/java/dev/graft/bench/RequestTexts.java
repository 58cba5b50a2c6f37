package dev.graft.bench;

import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.ingest.sample.SampleData;
import dev.graft.modality.text.CanonicalText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Requests to an assistant that are made for benchmarks. */
final class RequestTexts {
  private static final int PER_CLASS = 1_000;
  private static final long SEED = 7;

  private RequestTexts() {}

  static List<String> make() throws IOException {
    Path folder = Files.createTempDirectory("texts");
    SampleData.write(folder, "utterances", SEED, PER_CLASS);
    List<String> lines =
        Files.readAllLines(folder.resolve("utterances.csv"), StandardCharsets.UTF_8);
    return lines.stream().skip(1).map(line -> line.substring(0, line.lastIndexOf(','))).toList();
  }

  /** The texts as rows of one class. */
  static LabelledRows rows(List<String> texts, int rowSize) {
    byte[] values = new byte[texts.size() * rowSize];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      CanonicalText.write(texts.get(i), values, i * rowSize, rowSize);
      ids.add(new SampleId(0, i));
    }
    return new LabelledRows(rowSize, values, new int[texts.size()], ids);
  }
}
