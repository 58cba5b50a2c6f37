package dev.graft.model.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The values that tuning may give one key of a definition. */
public sealed interface SearchRange {
  /**
   * The value at a place.
   *
   * @param place uniform in (0, 1)
   */
  JsonNode at(double place);

  /** Values that must be allowed for all to be. */
  List<JsonNode> extremes();

  /** How many values there are; empty for a number of any size between two. */
  OptionalLong count();

  /** Reads what a definition's {@code tune} section says of a key, checked. */
  static SearchRange of(JsonNode range) {
    if (range.has("of")) {
      List<JsonNode> values = new ArrayList<>();
      range.get("of").forEach(values::add);
      return new OneOf(values);
    }
    JsonNode from = range.get("from");
    JsonNode to = range.get("to");
    return new Between(
        from.doubleValue(),
        to.doubleValue(),
        range.path("scale").asText("").equals("log"),
        from.isIntegralNumber() && to.isIntegralNumber());
  }

  /**
   * A number from one to another, with three significant digits.
   *
   * @param from least
   * @param to greatest
   * @param log whether its logarithm is uniform, or the number itself
   * @param whole whether only whole numbers are meant: both ends are written as such
   */
  record Between(double from, double to, boolean log, boolean whole) implements SearchRange {
    private static final MathContext DIGITS = new MathContext(3);

    @Override
    public JsonNode at(double place) {
      double end = whole ? to + 1 : to;
      double value =
          log
              ? StrictMath.exp(
                  StrictMath.log(from) + place * (StrictMath.log(end) - StrictMath.log(from)))
              : from + place * (end - from);
      if (whole) {
        return whole(Math.max(from, Math.min(to, Math.floor(value))));
      }
      double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
      return JsonNodeFactory.instance.numberNode(Math.max(from, Math.min(to, rounded)));
    }

    private static JsonNode whole(double value) {
      return Math.abs(value) <= Integer.MAX_VALUE
          ? JsonNodeFactory.instance.numberNode((int) value)
          : JsonNodeFactory.instance.numberNode((long) value);
    }

    @Override
    public List<JsonNode> extremes() {
      return whole
          ? List.of(whole(from), whole(to))
          : List.of(
              JsonNodeFactory.instance.numberNode(from), JsonNodeFactory.instance.numberNode(to));
    }

    @Override
    public OptionalLong count() {
      return whole ? OptionalLong.of((long) (to - from) + 1) : OptionalLong.empty();
    }
  }

  /** One of some values, each as likely. */
  record OneOf(List<JsonNode> values) implements SearchRange {
    public OneOf {
      values = List.copyOf(values);
    }

    @Override
    public JsonNode at(double place) {
      return values.get(Math.min(values.size() - 1, (int) (place * values.size())));
    }

    @Override
    public List<JsonNode> extremes() {
      return values;
    }

    @Override
    public OptionalLong count() {
      return OptionalLong.of(values.size());
    }
  }
}
