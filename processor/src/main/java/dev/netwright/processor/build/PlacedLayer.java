package dev.netwright.processor.build;

import dev.netwright.processor.declared.DeclaredLayer;

/**
 * A declared layer in its place among those of a network or block.
 *
 * @param declared as it was written
 * @param key its key, below that of what it is in
 * @param distance of the class that declares it from the network's own: 0 for itself, 1 for the class it extends
 * @param since the distance of the class that has its place first: what replaces a layer is drawn in its turn
 * @param site where mistakes of it are told
 */
record PlacedLayer(DeclaredLayer declared, String key, int distance, int since, Site site) {
    String name() {
        return declared.fieldName();
    }
}
