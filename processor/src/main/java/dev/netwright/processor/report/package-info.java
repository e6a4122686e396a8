/**
 * What people may want to know about a compiled network: one collection of facts, and a text and a page made of it.
 */
package dev.netwright.processor.report;
