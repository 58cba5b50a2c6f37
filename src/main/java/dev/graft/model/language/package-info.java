/** Autoregressive models of texts: tokens, networks that read them, and drawing with controls. */
package dev.graft.model.language;
