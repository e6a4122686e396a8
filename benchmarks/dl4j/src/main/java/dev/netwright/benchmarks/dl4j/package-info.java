/** The peer Deeplearning4j. */
package dev.netwright.benchmarks.dl4j;
