/** Writes the plan as Java with JavaPoet; decides nothing. */
package dev.netwright.processor.emit;
