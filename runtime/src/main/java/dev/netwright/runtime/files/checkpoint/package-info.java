/**
 * Checkpoints: a model with everything that training it needs, in one file, and folders of such files. Training resumed
 * from one gives the same bits as training that was never stopped.
 */
package dev.netwright.runtime.files.checkpoint;
