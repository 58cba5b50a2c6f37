/**
 * The command line: one command per file, options shared as mixins. Commands read and check what
 * they are given, call the packages below, and say what came of it; the exit status is an {@link
 * dev.graft.data.ExitCode}.
 */
package dev.graft.cli;
