package dev.graft.proof;

import com.google.api.services.dataflow.model.DataflowPackage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.runners.dataflow.util.PackageUtil.StagedFile;
import org.apache.beam.runners.dataflow.util.Stager;
import org.apache.beam.sdk.options.PipelineOptions;

/** Keeps in this process what Dataflow's stager would upload. */
public final class LocalStager implements Stager {
  /** Files that were written, by name, such as {@code pipeline.pb}. */
  static final Map<String, byte[]> WRITTEN = new ConcurrentHashMap<>();

  /** Called by name. */
  public static LocalStager fromOptions(PipelineOptions options) {
    return new LocalStager();
  }

  @Override
  public List<DataflowPackage> stageFiles(List<StagedFile> files) {
    List<DataflowPackage> packages = new ArrayList<>();
    files.forEach(file -> packages.add(located(file.getDestination())));
    return packages;
  }

  @Override
  public DataflowPackage stageToFile(byte[] content, String name) {
    WRITTEN.put(name, content);
    return located(name);
  }

  private static DataflowPackage located(String name) {
    return new DataflowPackage().setName(name).setLocation("storage.googleapis.com/any/" + name);
  }
}
