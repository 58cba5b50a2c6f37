/**
 * Autoregressive models of texts over tokens: {@link
 * dev.graft.model.language.TextTransformerFamily}.
 */
package dev.graft.model.language;
