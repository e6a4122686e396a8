/** Netwright as a contestant. */
package dev.netwright.benchmarks.subject;
