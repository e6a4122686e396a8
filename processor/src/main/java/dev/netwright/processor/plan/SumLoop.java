package dev.netwright.processor.plan;

/**
 * A loop of a sum.
 *
 * @param count iterations
 * @param a stride of the operand that is broadcast
 * @param b stride of the operand that is loaded in vectors
 */
public record SumLoop(int count, int a, int b) {}
