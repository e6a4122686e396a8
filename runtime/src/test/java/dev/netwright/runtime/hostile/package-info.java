/** The test of every reader of files: mutated files are read correctly or refused with the one documented exception. */
package dev.netwright.runtime.hostile;
