package dev.graft.proof;

import dev.graft.data.ExitCode;
import java.util.List;
import java.util.function.Consumer;

/**
 * One thing that is wrong, and what must come of it.
 *
 * @param name what is wrong, for the test report
 * @param exitCode the documented status
 * @param says pieces of the message that name the cause
 * @param arrange breaks a scene
 */
record BadCase(String name, ExitCode exitCode, List<String> says, Consumer<Scene> arrange) {
  static BadCase usage(String name, Consumer<Scene> arrange, String... says) {
    return new BadCase(name, ExitCode.USAGE, List.of(says), arrange);
  }

  static BadCase input(String name, Consumer<Scene> arrange, String... says) {
    return new BadCase(name, ExitCode.INPUT, List.of(says), arrange);
  }

  @Override
  public String toString() {
    return name;
  }
}
