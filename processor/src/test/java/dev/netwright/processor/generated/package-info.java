/** Networks compiled, loaded and run within a test: many in one run of javac, and each with every kind of kernels. */
package dev.netwright.processor.generated;
