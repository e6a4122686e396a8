/**
 * Examples to be read in the order of their numbers, one idea each. They use Netwright as any program would: a network
 * is an annotated class, and the model beside it is generated when this package is compiled.
 */
package dev.netwright.examples;
