package dev.graft.model.classifier;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * What the {@code training} section of a classifier has beside {@link
 * dev.graft.model.nn.TrainingSettings}.
 *
 * @param batch rows of one update
 * @param labelSmoothing share of the target spread over all classes
 * @param augment whether rows are redrawn by the modality's classical augmentation
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ClassifierTraining(int batch, double labelSmoothing, boolean augment) {}
