/** The loop over epochs and batches, what it keeps and shows, and the loop that only evaluates. */
package dev.netwright.training.trainer;
