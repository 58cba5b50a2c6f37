/**
 * The image modality: rows are unsigned bytes in (channels, height, width) order, stored as PNG.
 *
 * <p>Everything here is integer or strict double arithmetic on byte planes, without Java2D
 * rendering, so that the same file gives the same row on every machine.
 */
package dev.graft.modality.image;
