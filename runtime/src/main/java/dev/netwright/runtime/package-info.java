/**
 * What users of a network deal with: models, tensors, parameters, gradients, options, and the exceptions they
 * throw.
 */
package dev.netwright.runtime;
