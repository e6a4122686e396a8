/** What generated code extends and calls, and the passes over it. Not for users: it changes with the compiler. */
package dev.netwright.runtime.generated;
