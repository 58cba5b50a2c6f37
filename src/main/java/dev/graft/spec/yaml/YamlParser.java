package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.StringReader;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** One YAML text as a tree with positions. Duplicate keys, tags and merge keys are problems. */
final class YamlParser {
  /** More values than any spec has: the end of an alias that repeats itself. */
  private static final int MAX_VALUES = 100_000;

  private static final int MAX_DEPTH = 50;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String source;
  private final Variables variables;
  private final Problems problems;
  private final CoreResolver resolver = new CoreResolver();
  private final Positions positions;
  private int values;
  private int depth;

  private YamlParser(String source, Variables variables, Problems problems) {
    this.source = source;
    this.variables = variables;
    this.problems = problems;
    this.positions = new Positions(source);
  }

  /** Reads {@code text}; after a syntax error the tree is an empty mapping. */
  static Document parse(String source, String text, Variables variables, Problems problems) {
    YamlParser parser = new YamlParser(source, variables, problems);
    return new Document(source, parser.root(text), parser.positions);
  }

  private JsonNode root(String text) {
    try {
      LoaderOptions options = new LoaderOptions();
      StreamReader reader = new StreamReader(new StringReader(text));
      Node node = new Composer(new ParserImpl(reader, options), resolver, options).getSingleNode();
      return node == null ? NullNode.instance : convert(node, "");
    } catch (MarkedYAMLException e) {
      problems.add(position(e.getProblemMark()), "not valid YAML: %s", sentence(e, text));
    } catch (YAMLException e) {
      problems.add(
          positions.at(""), "not valid YAML: %s", e.getMessage().lines().findFirst().orElse(""));
    }
    return NODES.objectNode();
  }

  private JsonNode convert(Node node, String pointer) {
    if (++values > MAX_VALUES || ++depth > MAX_DEPTH) {
      throw new YAMLException(
          "more than "
              + MAX_VALUES
              + " values or "
              + MAX_DEPTH
              + " levels; an alias that repeats?");
    }
    JsonNode value = value(node, pointer);
    depth--;
    return value;
  }

  private JsonNode value(Node node, String pointer) {
    if (node instanceof MappingNode mapping) {
      return object(mapping, pointer);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = NODES.arrayNode();
      for (Node item : sequence.getValue()) {
        String place = pointer + "/" + array.size();
        positions.put(place, position(item.getStartMark()));
        array.add(convert(item, place));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private ObjectNode object(MappingNode mapping, String pointer) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      Position position = position(entry.getKeyNode().getStartMark());
      if (!(entry.getKeyNode() instanceof ScalarNode keyNode)) {
        problems.add(position, "a key must be plain text");
        continue;
      }
      String key = keyNode.getValue();
      if (keyNode.getTag().equals(Tag.MERGE)) {
        problems.add(position, "merge keys (<<) are not supported; write the keys out");
        continue;
      }
      String place = Positions.child(pointer, key);
      if (object.has(key)) {
        problems.add(
            position,
            "duplicate key \"%s\"; it is already set in line %d",
            key,
            positions.line(place));
        continue;
      }
      positions.put(place, position);
      object.set(key, convert(entry.getValueNode(), place));
    }
    return object;
  }

  private JsonNode scalar(ScalarNode node) {
    String text = node.getValue();
    Tag tag = node.getTag();
    Position position = position(node.getStartMark());
    if (Variables.in(text)) {
      text = variables.expand(text, problem -> problems.add(position, "%s", problem));
      if (node.getScalarStyle() == ScalarStyle.PLAIN) {
        tag = resolver.resolve(NodeId.scalar, text, true);
      }
    }
    if (tag.equals(Tag.NULL)) {
      return NullNode.instance;
    }
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT)) {
      return integer(text, position);
    }
    if (tag.equals(Tag.FLOAT)) {
      return DoubleNode.valueOf(Double.parseDouble(text));
    }
    if (!tag.equals(Tag.STR)) {
      problems.add(position, "the tag %s is not supported; leave it out", tag);
    }
    return TextNode.valueOf(text);
  }

  private JsonNode integer(String text, Position position) {
    try {
      long value =
          text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
      return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    } catch (NumberFormatException e) {
      problems.add(
          position,
          "the number %s is out of range; whole numbers go from %d to %d",
          text,
          Long.MIN_VALUE,
          Long.MAX_VALUE);
      return IntNode.valueOf(0);
    }
  }

  private Position position(Mark mark) {
    return mark == null
        ? positions.at("")
        : new Position(source, mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String sentence(MarkedYAMLException e, String text) {
    String problem = e.getProblem() == null ? "" : e.getProblem().replace('\n', ' ');
    String context = e.getContext() == null ? "" : " " + e.getContext().replace('\n', ' ');
    String line = text.lines().skip(e.getProblemMark().getLine()).findFirst().orElse("");
    String hint = "";
    if (line.contains("\t")) {
      hint = "; indent with spaces, not tabs";
    } else if (line.contains("{") && Variables.in(line)) {
      hint = "; put quotes around values with ${...} inside braces";
    }
    return problem + context + hint;
  }
}
