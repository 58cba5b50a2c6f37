/**
 * PUBLISH: checks the gates, moves accepted rows into sharded dataset files, describes them
 * (manifest, dataset card) and makes the whole folder appear at once. Also what looks at published
 * folders: inspection and comparison.
 */
package dev.graft.publish;
