/** Reads declared networks from the compiler's elements, once, into records, and builds their graphs of layers. */
package dev.netwright.processor.declared;
