/** What people may want to know about a compiled network, from its layers and its plan. */
package dev.netwright.processor.report;
