/** Datasets, samplers, and the loader that makes batches of them ahead of time. */
package dev.netwright.training.data;
