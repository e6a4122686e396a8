/**
 * Networks drawn at random over all that the annotations offer, run on memory full of NaN, and compared with the
 * reference; one that fails is made small and printed.
 */
package dev.netwright.processor.drawn;
