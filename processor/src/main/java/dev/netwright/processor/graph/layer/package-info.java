/**
 * The layers: one file each, holding attributes, shape rule, forward and gradient in primitives, operation count,
 * printed form and parameters.
 */
package dev.netwright.processor.graph.layer;
