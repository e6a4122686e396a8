/**
 * The annotation processor: its rounds, its options, and the way of one network from the declaration to the generated
 * code.
 */
package dev.netwright.processor;
