package dev.graft.evaluate.gate;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of one gate.
 *
 * @param metric as in the spec
 * @param of the class or group that decided, such as {@code overall}
 * @param value the figure; null when it is undefined, and the gate then fails
 * @param reference the figure of real tune rows that the bounds are multiples of; null for absolute
 *     bounds
 * @param min least allowed value, already multiplied; null for none
 * @param max greatest allowed value, already multiplied; null for none
 * @param passed whether publishing may go on
 * @param message one line: the figure, the bound and, when it failed, by how much
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GateResult(
    String metric,
    String of,
    Double value,
    Double reference,
    Double min,
    Double max,
    boolean passed,
    String message) {}
