package dev.graft.data.parquet;

/**
 * A labelled stretch of a text, as in a column of {@link Column.Spans}.
 *
 * @param start place of its first character, in code points as Python counts them
 * @param end place after its last character
 * @param label its kind
 */
public record SpanValue(int start, int end, String label) {}
