package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.graph.Shape;

/**
 * An input of a network.
 *
 * @param name for {@code from}
 * @param shape of one sample; null where it is left to classes that extend this one, or where what was declared is no
 *     shape, which has been reported
 * @param type of the caller's elements
 * @param origin the attribute that gives the shape
 */
public record DeclaredInput(String name, Shape shape, ElementType type, Origin origin) {
    /** The name of an input declared by {@code @Network(input = ...)}. */
    public static final String IMPLICIT = "input";
}
