package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads a YAML file that has a JSON Schema. Variables are expanded, overrides applied, the content
 * checked and the schema's defaults filled in. All problems are told in one exception (exit 2), one
 * per line: {@code pipelines/x.yaml:12: unknown key "latnet" in model.architecture; allowed:
 * latent, channels; did you mean "latent"?}.
 */
public final class SchemaValidatedYaml {
  private static final String MARK = "\uFEFF";

  private SchemaValidatedYaml() {}

  /**
   * Reads {@code file} with the process's environment.
   *
   * @param schemaResource a JSON Schema on the class path, such as {@code schema/pipeline.json}
   * @param overrides {@code a.b.c=value} each; messages about such a value say {@code --set}
   */
  public static Document read(Path file, String schemaResource, List<String> overrides) {
    Problems problems = new Problems();
    Document document =
        read(
            file,
            file.toString(),
            SchemaResource.of(schemaResource),
            overrides,
            System.getenv(),
            problems);
    problems.throwIfAny();
    return document;
  }

  /**
   * Reads {@code file} and goes on after problems, so that the caller can add its own before it
   * throws. What {@link Problems#in} has no problem is of the schema's shape, with defaults.
   *
   * @param shownAs the file as the user named it, for messages
   * @param environment where {@code ${VAR}} comes from
   * @param problems receives what is wrong
   */
  public static Document read(
      Path file,
      String shownAs,
      SchemaResource schema,
      List<String> overrides,
      Map<String, String> environment,
      Problems problems) {
    return parse(text(file, shownAs), shownAs, schema, overrides, environment, problems);
  }

  /** {@link #read} of text that is not in a file. */
  public static Document parse(
      String text,
      String shownAs,
      SchemaResource schema,
      List<String> overrides,
      Map<String, String> environment,
      Problems problems) {
    Variables variables = new Variables(environment);
    Document document = YamlParser.parse(shownAs, text, variables, problems);
    if (!(document.tree() instanceof ObjectNode)) {
      problems.add(
          document.positions().at(""),
          document.tree().isNull()
              ? "the file is empty"
              : "the file must be a mapping (key: value)");
      problems.throwIfAny();
    }
    if (!problems.isEmpty() && document.tree().isEmpty()) {
      problems.throwIfAny();
    }
    Setting.applyAll(document, overrides, variables, problems);
    SchemaCheck.check(document, schema, problems);
    SchemaDefaults.fill(document.tree(), schema);
    return document;
  }

  private static String text(Path file, String shownAs) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      String why =
          !Files.exists(file)
              ? "there is no such file"
              : Files.isDirectory(file) ? "it is a folder" : "it cannot be read: " + e.getMessage();
      throw GraftException.usage("%s: %s", shownAs, why);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw GraftException.usage("%s: not text in UTF-8; is it a YAML file?", shownAs);
    }
  }
}
