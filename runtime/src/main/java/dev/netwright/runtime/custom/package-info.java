/** What helps with operators of one's own: a check of their gradients, for tests. */
package dev.netwright.runtime.custom;
