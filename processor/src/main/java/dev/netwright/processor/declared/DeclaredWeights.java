package dev.netwright.processor.declared;

import dev.netwright.processor.diagnostic.Origin;

/**
 * The file that a network's weights are loaded from.
 *
 * @param name a resource's, from the network's package on, or from the root on if it begins with a slash
 * @param entry the state dict's key in a checkpoint of PyTorch's; null for the one that has a usual name or is the only one
 * @param strict whether the file has exactly the network's keys
 * @param origin the annotation
 */
public record DeclaredWeights(String name, String entry, boolean strict, Origin origin) {
    /** Whether the name begins at the root. */
    public boolean isAbsolute() {
        return name.startsWith("/");
    }

    /** The name without the slash of the root. */
    public String path() {
        return isAbsolute() ? name.substring(1) : name;
    }
}
