/** Convolutional classifiers: {@link dev.graft.model.classifier.ClassifierFamily}. */
package dev.graft.model.classifier;
