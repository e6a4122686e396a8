package dev.netwright.processor.emit;

/**
 * What the kernels of one type share.
 *
 * @param names of all kernels, for those that call others
 * @param taps of resampled images
 * @param calls of the user's operators
 */
record KernelFile(KernelNames names, TapTables taps, OperatorCalls calls) {}
