package dev.graft.generate;

import dev.graft.stage.StageContext;
import java.io.Serializable;

/**
 * What every step of AUGMENT carries to its workers.
 *
 * @param context the launch
 * @param inputs the stages before
 */
record AugmentScope(StageContext context, AugmentInputs inputs) implements Serializable {}
