/**
 * Operations of classical augmentation (Shorten &amp; Khoshgoftaar 2019), which leave an image of a
 * class an image of that class: geometry first, in one resampling, then pixels.
 */
package dev.graft.modality.image.operation;
