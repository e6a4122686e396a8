/**
 * The reference that generated code is compared with: every layer and loss once more, as naive loops in double
 * precision that know nothing of primitives, expressions
 * or lowering, and finite differences of them.
 */
package dev.netwright.processor.reference;
