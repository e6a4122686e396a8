package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import java.util.Optional;

/** Where the result of a node lies that is nothing but a view of its input. */
final class Views {
    private Views() {}

    /** The memory of the input seen as the result; empty where that does not lie in steps of its own. */
    static Optional<Layout> of(Node view, Layout input) {
        if (view.operator() instanceof Primitive.Permute permute) {
            return Optional.of(input.permuted(permute.order()));
        } else if (view.operator() instanceof Primitive.Slice slice) {
            return input.part(slice.dimension(), slice.from(), slice.size());
        }
        return input.viewed(view.output().shape());
    }
}
