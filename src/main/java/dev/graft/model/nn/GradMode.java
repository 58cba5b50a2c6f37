package dev.graft.model.nn;

import ai.djl.pytorch.jni.JniUtils;

/**
 * Switches the recording of gradients for the current thread and puts it back when closed. libtorch
 * records in every new thread, so every entry from a worker thread needs one.
 */
public final class GradMode implements AutoCloseable {
  private final boolean before = JniUtils.isGradMode();

  private GradMode(boolean on) {
    JniUtils.setGradMode(on);
  }

  public static GradMode on() {
    return new GradMode(true);
  }

  public static GradMode off() {
    return new GradMode(false);
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
