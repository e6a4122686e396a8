/**
 * The training kit beside a generated model: data sets, the loader that batches them in PyTorch's order, metrics, and
 * what a user watches meanwhile. It knows nothing of networks; arrays of one batch are all that passes between them.
 */
package dev.netwright.training;
