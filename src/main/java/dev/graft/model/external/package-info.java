/**
 * Models that were made elsewhere and come as a TorchScript or ONNX file with a declared signature:
 * generators ({@link dev.graft.model.external.ExternalFamily}) and classifiers or embedders ({@link
 * dev.graft.model.external.ExternalClassifierFamily}).
 */
package dev.graft.model.external;
