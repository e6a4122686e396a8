/** The peer libtorch, by JavaCPP. */
package dev.netwright.benchmarks.libtorch;
