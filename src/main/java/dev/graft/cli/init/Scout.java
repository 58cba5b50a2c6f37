package dev.graft.cli.init;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Knows one way in which datasets lie on disk. */
interface Scout {
  /** Rows that are opened to learn what they look like, where opening costs. */
  int LOOK_AT = 200;

  /**
   * @param place an existing file or folder
   * @return empty when the data lies in another way
   */
  Optional<Found> look(Path place) throws IOException;
}
