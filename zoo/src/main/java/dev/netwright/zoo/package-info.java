/**
 * Well-known networks, each a class of annotated fields; the model beside it is generated when this module is
 * compiled.
 */
package dev.netwright.zoo;
