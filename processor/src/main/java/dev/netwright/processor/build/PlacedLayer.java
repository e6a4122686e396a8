package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;

/**
 * A declared layer in its place among those of a network or block.
 *
 * @param declared as it was written
 * @param key its key, below that of what it is in
 * @param site where mistakes of it are told
 */
record PlacedLayer(DeclaredLayer declared, String key, Site site) {
    String name() {
        return declared.fieldName();
    }
}
