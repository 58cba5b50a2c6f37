package dev.graft.workflow;

/**
 * Something that may go.
 *
 * @param place work folder or model store that it is in or belongs to
 * @param location a file or folder
 * @param bytes of all its files
 * @param why it is not needed, for people
 */
public record PruneItem(String place, String location, long bytes, String why) {}
