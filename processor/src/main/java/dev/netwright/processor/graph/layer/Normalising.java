package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normalisation by mean and biased variance of some dimensions of each sample, and a learned scale and shift to which
 * other dimensions are broadcast.
 */
interface Normalising extends Layer {
    /** The sample as dimensions that are normalised and others. */
    Shape space();

    /** Dimensions of that space that are normalised together. */
    List<Integer> within();

    /** What scale and shift are seen as, to be broadcast to that space. */
    Shape broadcast();

    /** The shape of scale and shift. */
    Shape parameter();

    double eps();

    boolean affine();

    boolean bias();

    /** Refuses to normalise single values. */
    static void checkSeveral(String attribute, int values, Shape input) {
        if (values == 1) {
            throw LayerException.shape(
                    attribute,
                    "%s normalises single values of " + input + ", which have no variance",
                    "Leave it out: all that it gives is its bias.");
        }
    }

    /** Those of a layer that is told the shape which it normalises. */
    static List<LayerAttribute> ofShape(Shape shape, double eps, boolean affine, boolean bias) {
        return List.of(
                positional("normalized_shape", shape.sizes()),
                named("eps", eps),
                named("elementwise_affine", affine),
                named("bias", bias));
    }

    @Override
    default List<ParameterDeclaration> parameters() {
        List<ParameterDeclaration> declarations = new ArrayList<>();
        if (affine()) {
            declarations.add(ParameterDeclaration.constant("weight", Kind.PARAMETER, parameter(), 1));
        }
        if (bias()) {
            declarations.add(ParameterDeclaration.constant("bias", Kind.PARAMETER, parameter(), 0));
        }
        return declarations;
    }

    @Override
    default long flops() {
        return 8L * output().elements();
    }

    private Value parameter(Lowering l, String name) {
        return l.reshape(l.parameter(name), broadcast());
    }

    private List<Integer> across() {
        return IntStream.range(0, space().rank())
                .filter(d -> broadcast().size(d) < space().size(d))
                .boxed()
                .toList();
    }

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        Value x = l.save(l.reshape(inputs.get(0), space()));
        Value mean = l.save(l.reduce(".mean", Reduce.Kind.MEAN, arg(0), within(), x));
        Expr deviation = arg(0).minus(arg(1));
        Value variance = l.reduce(".var", Reduce.Kind.MEAN, deviation.times(deviation), within(), x, mean);
        Value inverse = l.save(l.map(
                ".inverse", constant(1).dividedBy(arg(0).plus(constant(eps())).sqrt()), variance));
        Expr normal = deviation.times(arg(2));
        Value y;
        if (bias()) {
            y = l.map(normal.fma(arg(3), arg(4)), x, mean, inverse, parameter(l, "weight"), parameter(l, "bias"));
        } else if (affine()) {
            y = l.map(normal.times(arg(3)), x, mean, inverse, parameter(l, "weight"));
        } else {
            y = l.map(normal, x, mean, inverse);
        }
        return l.reshape(y, output());
    }

    @Override
    default List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value x = f.saved(0);
        Value mean = f.saved(1);
        Value inverse = f.saved(2);
        Value g = l.reshape(gradient, space());
        Expr normal = arg(1).minus(arg(2)).times(arg(3));
        if (affine()) {
            Value byWeight =
                    l.reduceBatch(".weight.grad", Reduce.Kind.SUM, arg(0).times(normal), across(), g, x, mean, inverse);
            l.accumulate("weight", byWeight);
        }
        if (bias()) {
            l.accumulate("bias", l.reduceBatch(".bias.grad", Reduce.Kind.SUM, arg(0), across(), g));
        }
        if (!l.needsGradient(0)) {
            return Collections.singletonList(null);
        }
        // gx = inverse * (h - mean(h) - normal * mean(h * normal)) with h = g * weight
        Value h = affine() ? l.map(".scaled.grad", arg(0).times(arg(1)), g, parameter(l, "weight")) : g;
        Value shift = l.reduce(".shift", Reduce.Kind.MEAN, arg(0), within(), h);
        Value slope = l.reduce(".slope", Reduce.Kind.MEAN, arg(0).times(normal), within(), h, x, mean, inverse);
        Expr byNormal = arg(0).minus(arg(4)).minus(normal.times(arg(5)));
        Value byInput = l.map(".grad", byNormal.times(arg(3)), h, x, mean, inverse, shift, slope);
        return List.of(l.reshape(byInput, output()));
    }
}
