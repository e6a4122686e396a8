package dev.netwright.processor.generated;

import dev.netwright.processor.graph.Network;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;

/**
 * A generated model's class.
 *
 * @param network what it was generated from
 * @param type the class, initialised
 */
public record GeneratedNetwork(Network network, Class<?> type) {
    /** A model with kernels and weights of its own. */
    public GeneratedModel create(long seed, Options options) {
        try {
            Object model = type.getMethod("create", long.class, Options.class).invoke(null, seed, options);
            return new GeneratedModel(network, (Model) model);
        } catch (ReflectiveOperationException e) {
            throw GeneratedModel.unwrapped(e);
        }
    }
}
