package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Initial;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.Collections;
import java.util.List;

/**
 * {@code @Parameter}: the same values for every sample.
 *
 * @param shape of the parameter
 */
record BareParameter(Shape shape) implements Layer {
    /** Its key is the layer's own. */
    private static final String UNNAMED = "";

    static Layer create(Attributes attributes, List<Shape> inputs) {
        List<Integer> sizes = attributes.integers("shape");
        if (sizes.isEmpty() || Collections.min(sizes) < 1) {
            throw LayerException.ofValue(
                    "shape",
                    "shape of %s is " + attributes.sizesText("shape") + ", but its sizes must be at least 1",
                    "Write shape = {96, 1, 1}, say.");
        }
        return new BareParameter(new Shape(sizes));
    }

    @Override
    public String name() {
        return "Parameter";
    }

    /** PyTorch aligns it with the batch, so that a 1 in front of others is the batch's. */
    @Override
    public Shape output() {
        boolean batch = shape.rank() > 1 && shape.size(0) == 1;
        return batch ? new Shape(shape.sizes().subList(1, shape.rank())) : shape;
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        return List.of(new ParameterDeclaration(UNNAMED, shape, Kind.PARAMETER, new Initial.Constant(0)));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value one = l.reshape(l.parameter(UNNAMED), output());
        return l.apply(new Primitive.Map(arg(0)), "", output(), true, List.of(one));
    }

    @Override
    public List<Value> backward(Lowering l, Forward forward, Value gradient) {
        l.accumulate(UNNAMED, l.reduceBatch(".grad", Primitive.Reduce.Kind.SUM, arg(0), List.of(), gradient));
        return List.of();
    }
}
