package dev.graft.evaluate.evidence;

/**
 * One row as it is shown to a person.
 *
 * @param html fragment made by the modality's view; safe to include as it is
 * @param label class name; may be empty
 */
public record Picture(String html, String label) {}
