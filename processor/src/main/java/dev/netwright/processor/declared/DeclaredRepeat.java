package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;
import dev.netwright.processor.graph.Attributes;

/**
 * How often a layer stands in a row.
 *
 * @param attributes of {@code @Repeat}
 * @param origin the annotation
 */
public record DeclaredRepeat(Attributes attributes, Origin origin) {
    public int times() {
        return attributes.integer("value");
    }

    /** The key of one of them, below the field's; with {@code %d} for its number. */
    public String pattern() {
        return attributes.text("key");
    }

    /** The number of the first in keys. */
    public int first() {
        return attributes.integer("first");
    }
}
