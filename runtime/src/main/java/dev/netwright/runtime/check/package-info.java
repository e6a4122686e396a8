/** Shapes, arrays and keys: how they are checked, and how messages tell them. */
package dev.netwright.runtime.check;
