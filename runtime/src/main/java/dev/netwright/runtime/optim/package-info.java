/** Optimisers with PyTorch's rules, defaults and state, and averages of the weights they find. */
package dev.netwright.runtime.optim;
