/**
 * Models that are asked over the network, by the protocol of OpenAI's chat completions: {@link
 * dev.graft.model.chat.ChatFamily} and {@link dev.graft.model.chat.BackTranslationFamily}. Answers
 * are checked, counted and kept.
 */
package dev.graft.model.chat;
