package dev.graft.select;

/** What is known of candidates before the whole set is decided. */
public sealed interface SelectionNote permits JudgedRows, DuplicateMarks {}
