package dev.graft.spec.yaml;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Types of plain scalars by the core schema of YAML 1.2: {@code no}, {@code on}, {@code 12:30} and
 * {@code 007} are text, as everybody expects of a class name.
 */
final class CoreResolver extends Resolver {
  private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER = Pattern.compile("[-+]?(0|[1-9][0-9]*)|0x[0-9a-fA-F]+");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\.[0-9]+|(0|[1-9][0-9]*)(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern ABSENT = Pattern.compile("~|null|Null|NULL");

  @Override
  protected void addImplicitResolvers() {
    addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF", 10);
    addImplicitResolver(Tag.INT, INTEGER, "-+0123456789", 40);
    addImplicitResolver(Tag.FLOAT, NUMBER, "-+0123456789.", 40);
    addImplicitResolver(Tag.NULL, ABSENT, "~nN", 10);
    addImplicitResolver(Tag.NULL, EMPTY, null, 10);
    addImplicitResolver(Tag.MERGE, MERGE, "<", 10);
  }
}
