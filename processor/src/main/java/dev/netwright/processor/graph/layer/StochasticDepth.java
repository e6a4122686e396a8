package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.word;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import java.util.Collections;
import java.util.List;

/**
 * A whole sample is dropped, or all samples are.
 *
 * @param output shape of one sample
 * @param p probability of a zero
 * @param isShared whether all samples are dropped together
 */
public record StochasticDepth(Shape output, double p, boolean isShared) implements Dropping {
    static StochasticDepth create(Attributes a, List<Shape> inputs) {
        return new StochasticDepth(
                Activation.single(inputs),
                Reals.probability(a, "p"),
                a.text("mode").equals("BATCH"));
    }

    @Override
    public String name() {
        return "StochasticDepth";
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(named("p", p), word("mode", isShared ? "batch" : "row"));
    }

    @Override
    public Shape decisions() {
        return new Shape(Collections.nCopies(output.rank(), 1));
    }
}
