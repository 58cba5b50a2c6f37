package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serializable;

/**
 * How settings of the generator are chosen before it is trained: random search with successive
 * halving. Budgets are steps, never time.
 *
 * @param trials settings that are tried, the definition's own among them
 * @param steps of training that the trials of the last rung get
 * @param eta one trial of so many goes on to the next rung, which has as many times the steps
 * @param by figure on tune rows that trials are compared by
 * @param ranges where the definition lets look: {@code {training.learning-rate: {from: ..., to:
 *     ...}}}
 */
public record TuneSpec(int trials, long steps, int eta, String by, JsonNode ranges)
    implements Serializable {}
