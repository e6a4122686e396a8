/** What generated code refers to. Not for users: it changes with the compiler. */
package dev.netwright.runtime.generated;
