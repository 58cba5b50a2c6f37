/**
 * Looks at data that a user has and writes a first spec for it: {@code graft init}. One scout per
 * way in which datasets lie on disk.
 */
package dev.graft.cli.init;
