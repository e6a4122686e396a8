/** Files of weights against the networks that are loaded from them: the only use of the runtime, whose readers they are. */
package dev.netwright.processor.weights;
