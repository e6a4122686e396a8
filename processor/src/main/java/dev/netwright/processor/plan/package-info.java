/** Every decision about the generated code, and no text: layouts, kernels, their order, their memory. */
package dev.netwright.processor.plan;
