/** The stage TRAIN: {@link dev.graft.train.TrainStage}. */
package dev.graft.train;
