package dev.graft.model.nn;

import java.util.List;
import java.util.SortedMap;

/**
 * A generator of images written down in TorchScript: {@code forward(noise, label)} gives images (B,
 * C, H, W) with values in [0, 1] of standard normal noise (B, noise) and classes (B), which are
 * 64-bit integers.
 *
 * @param noise shape of one sample's noise
 * @param weights by name, as they are used to sample
 * @param methods source, which calls a weight by {@link TorchScript#weight}
 */
public record ScriptedGenerator(
    List<Integer> noise, SortedMap<String, Tensor> weights, String methods) {
  /** Name of the class in the source. */
  public static final String CLASS = "Generator";

  /** How a method of the class begins. */
  public static String self() {
    return "self: __torch__." + CLASS;
  }

  /** The content of a {@code .pt} file. */
  public byte[] archive() {
    return TorchArchive.of(CLASS, weights, methods);
  }
}
