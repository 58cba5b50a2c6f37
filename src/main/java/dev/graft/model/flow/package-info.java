/** Flow matching with a small U-Net: {@link dev.graft.model.flow.FlowFamily}. */
package dev.graft.model.flow;
