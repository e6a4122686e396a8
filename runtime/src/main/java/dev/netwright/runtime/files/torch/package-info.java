/**
 * The files of {@code torch.save}, read as data and written so that {@code torch.load} takes them. No class or function
 * that a file names is ever looked up or run.
 */
package dev.netwright.runtime.files.torch;
