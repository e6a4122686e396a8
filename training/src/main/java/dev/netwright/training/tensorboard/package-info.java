/** Logs of training that TensorBoard shows, with the calls and the content of PyTorch's {@code SummaryWriter}. */
package dev.netwright.training.tensorboard;
