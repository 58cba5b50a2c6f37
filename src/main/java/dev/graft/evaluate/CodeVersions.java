package dev.graft.evaluate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Versions of code and libraries that figures may depend on. */
public final class CodeVersions {
  private static final String RESOURCE = "/graft-versions.properties";

  private CodeVersions() {}

  /** By name. */
  public static Map<String, String> all() {
    Map<String, String> versions = new TreeMap<>();
    Properties built = new Properties();
    try (InputStream in = CodeVersions.class.getResourceAsStream(RESOURCE)) {
      built.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (String name : List.of("graft", "djl", "pytorch")) {
      versions.put(name, built.getProperty(name));
    }
    return versions;
  }
}
