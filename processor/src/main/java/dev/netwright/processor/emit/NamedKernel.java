package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;

/**
 * A kernel that is written as a method.
 *
 * @param name of the method
 * @param comment what it is for, from the first step that calls it
 * @param kernel what it does
 */
record NamedKernel(String name, String comment, Kernel kernel) {}
