package dev.netwright.processor.graph.layer;

import dev.netwright.processor.graph.Gradients;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.Value;
import java.util.List;

/** A layer that states its forward only: its gradient is that of the primitives it is written in. */
interface Derived extends Layer {
    @Override
    default List<Value> backward(Lowering l, Forward f, Value gradient) {
        return Gradients.of(l, f, gradient);
    }
}
