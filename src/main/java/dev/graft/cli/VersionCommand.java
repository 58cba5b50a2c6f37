package dev.graft.cli;

import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft version}. */
@Command(name = "version", header = "Print the versions of Graft and of what it stands on.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Map<String, String> versions = versions();
    if (output.json()) {
      spec.commandLine().getOut().print(Json.pretty(versions));
    } else {
      versions.forEach(
          (name, version) ->
              spec.commandLine().getOut().println(String.format("%-8s %s", name, version)));
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  @Override
  public String[] getVersion() throws IOException {
    return new String[] {"graft " + versions().get("graft")};
  }

  private static Map<String, String> versions() throws IOException {
    Map<String, String> versions = new LinkedHashMap<>();
    Properties built = new Properties();
    try (InputStream in = VersionCommand.class.getResourceAsStream("/graft-versions.properties")) {
      built.load(in);
    }
    for (String name : new String[] {"graft", "beam", "djl", "pytorch", "parquet"}) {
      versions.put(name, built.getProperty(name));
    }
    versions.put(
        "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
    versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return versions;
  }
}
