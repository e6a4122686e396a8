/** Schedules of the learning rate, as PyTorch has them. */
package dev.netwright.runtime.optim.schedule;
