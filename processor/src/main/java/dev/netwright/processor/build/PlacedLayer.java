package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;
import dev.netwright.processor.graph.Attributes;

/**
 * A declared layer in its place among those of a network or block.
 *
 * @param declared as it was written
 * @param key its key, below that of what it is in
 * @param distance of the class that declares it from the network's own: 0 for itself, 1 for the class it extends
 * @param since the distance of the class that has its place first: what replaces a layer is drawn in its turn
 * @param site where mistakes of it are told
 * @param shared what it is written as where it has another's parameters, as which it is built; else null
 */
record PlacedLayer(DeclaredLayer declared, String key, int distance, int since, Site site, DeclaredLayer shared) {
    PlacedLayer(DeclaredLayer declared, String key, int distance, int since, Site site) {
        this(declared, key, distance, since, site, null);
    }

    /** Its annotation as it is written. */
    String annotation(Attributes attributes) {
        String text = shared == null ? attributes.text() : shared.attributes().text();
        return "@" + (shared == null ? declared : shared).annotation() + (text.isEmpty() ? "" : "(" + text + ")");
    }

    String name() {
        return declared.fieldName();
    }
}
