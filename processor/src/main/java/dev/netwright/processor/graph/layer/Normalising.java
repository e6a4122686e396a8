package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Dual;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Normalisation by mean and biased variance of some dimensions of each sample, and a learned scale and shift to which
 * other dimensions are broadcast.
 */
interface Normalising extends Derived {
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

    @Override
    default Value forward(Lowering l, List<Value> inputs) {
        Value x = l.reshape(inputs.get(0), space());
        Value mean = mean(l, x);
        return l.reshape(normalised(l, x, mean, variance(l, x, mean)), output());
    }

    default Value mean(Lowering l, Value x) {
        return l.reduce(".mean", Reduce.Kind.MEAN, Dual.variable(0), within(), x);
    }

    /** What a change of the mean adds to some squares it takes off others. */
    default Value variance(Lowering l, Value x, Value mean) {
        Dual square = Dual.variable(0).minus(Dual.fixed(arg(1))).square();
        return l.reduce(".var", Reduce.Kind.MEAN, square, within(), x, mean);
    }

    default Value normalised(Lowering l, Value x, Value mean, Value variance) {
        Dual root = Dual.variable(0).plus(eps()).sqrt();
        Value inverse = l.map(".inverse", Dual.fixed(1).dividedBy(root), variance);
        Dual normal = Dual.variable(0).minus(Dual.variable(1)).times(Dual.variable(2));
        if (bias()) {
            Dual scaled = normal.fma(Dual.variable(3), Dual.variable(4));
            return l.map(scaled, x, mean, inverse, parameter(l, "weight"), parameter(l, "bias"));
        } else if (affine()) {
            return l.map(normal.times(Dual.variable(3)), x, mean, inverse, parameter(l, "weight"));
        }
        return l.map(normal, x, mean, inverse);
    }
}
