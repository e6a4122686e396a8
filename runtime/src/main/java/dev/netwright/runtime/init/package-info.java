/** Initial weights, drawn by PyTorch's rules from PyTorch's generator. */
package dev.netwright.runtime.init;
