/**
 * What generated networks run on: their parameters in flat arrays, teams of threads, optimisers, initialisation, and
 * the exchange of weights through files.
 */
package dev.netwright.runtime;
