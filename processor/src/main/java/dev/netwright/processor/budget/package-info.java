/** What a network needs, by its plan, against what it is declared to need at most. */
package dev.netwright.processor.budget;
