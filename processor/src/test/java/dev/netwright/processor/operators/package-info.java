/**
 * Generated code against the reference, against PyTorch, and against itself with other kernels, threads and batches.
 */
package dev.netwright.processor.operators;
