package dev.netwright.processor.reference;

import dev.netwright.processor.graph.Layer;

/** Attributes of a layer as it states them, so that the reference knows no more of it than what is told to others. */
final class ReferenceAttributes {
    private ReferenceAttributes() {}

    /** @throws java.util.NoSuchElementException if there is none of this name */
    static Object of(Layer layer, String name) {
        return layer.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
