package dev.graft.workflow;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Fresh names for launches; made in the launcher, never in a transform. */
final class AttemptIds {
  private static final SecureRandom RANDOM = new SecureRandom();

  private AttemptIds() {}

  static String next() {
    byte[] bytes = new byte[6];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
