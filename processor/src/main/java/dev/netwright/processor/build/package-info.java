/** Builds the network of a declaration: wiring, shapes, keys, losses; and tells all that is wrong with it. */
package dev.netwright.processor.build;
