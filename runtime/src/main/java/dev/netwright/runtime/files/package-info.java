/** Weights in files: safetensors, state dicts of either format, and whole models. */
package dev.netwright.runtime.files;
