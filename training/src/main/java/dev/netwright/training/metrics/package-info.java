/** What predictions are worth: metrics, averages and confusion matrices, as numbers, text and pictures. */
package dev.netwright.training.metrics;
