/** How work gets on processors: the threads behind a team, and what this JVM can do. */
package dev.netwright.runtime.execution;
