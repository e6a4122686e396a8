/** Generated networks in JVMs of their own: with fewer registers, of other versions, on other processors. */
package dev.netwright.processor.machines;
