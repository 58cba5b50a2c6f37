/** Texts of one string: {@link dev.graft.modality.text.TextModality}. */
package dev.graft.modality.text;
