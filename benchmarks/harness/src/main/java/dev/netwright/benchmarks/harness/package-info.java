/** The rows, the driver that runs all contestants in turn, and what a contestant's process needs. */
package dev.netwright.benchmarks.harness;
