/** Reads declared networks from the compiler's elements, once, into records. */
package dev.netwright.processor.declared;
