package dev.netwright.processor.generated;

import dev.netwright.processor.graph.Graph;
import dev.netwright.runtime.Model;
import dev.netwright.runtime.Options;

/**
 * A generated model's class.
 *
 * @param graph what it was generated from
 * @param type the class, initialised
 */
public record GeneratedNetwork(Graph graph, Class<?> type) {
    /** A model with kernels and weights of its own. */
    public GeneratedModel create(long seed, Options options) {
        try {
            Object model = type.getMethod("create", long.class, Options.class).invoke(null, seed, options);
            return new GeneratedModel(graph, (Model) model);
        } catch (ReflectiveOperationException e) {
            throw GeneratedModel.unwrapped(e);
        }
    }
}
