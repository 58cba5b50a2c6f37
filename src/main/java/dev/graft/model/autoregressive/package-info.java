/**
 * Images as sequences of discrete codes: {@link
 * dev.graft.model.autoregressive.AutoregressiveFamily}.
 */
package dev.graft.model.autoregressive;
