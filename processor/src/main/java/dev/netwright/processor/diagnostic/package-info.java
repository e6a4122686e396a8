/**
 * What the compiler tells its user: the catalogue of problems, where each was found, and the one class that prints
 * them.
 */
package dev.netwright.processor.diagnostic;
