/**
 * The intermediate representation: immutable graphs of operators over values, from the layers a user declares down to
 * the primitives that kernels are made for.
 * It knows no element of the compiler's and no text of the generated code.
 */
package dev.netwright.processor.graph;
