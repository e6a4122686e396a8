/**
 * Graph to graph: from layers to primitives, gradients, folding and fusion; each pass has a name and its result is
 * verified.
 */
package dev.netwright.processor.pass;
