/**
 * What a user writes to declare a network: {@link dev.netwright.annotations.Network} on a class, a layer annotation on
 * each field, a loss. All are read at compile time only.
 */
package dev.netwright.annotations;
