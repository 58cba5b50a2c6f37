package dev.graft.train;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.stage.StageOutput;
import java.io.Serializable;

/** Reads the real rows of a part from the output of INGEST. */
@FunctionalInterface
public interface RealRows extends Serializable {
  LabelledRows read(StageOutput ingest, Part part);
}
