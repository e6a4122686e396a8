/** The losses: one file each, like the layers. */
package dev.netwright.processor.graph.loss;
