package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Normalisation of groups of channels within a sample. It is computed with the channels split in two dimensions, groups
 * x channels of a group x positions, to which
 * statistics and parameters are broadcast.
 */
public record GroupNorm(Shape output, int groups, double eps, boolean affine, boolean bias) implements Layer {
    private static final List<Integer> WITHIN_GROUP = List.of(1, 2);

    static GroupNorm create(Attributes a, List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() == 0) {
            throw LayerException.shape(null, "%s needs channels but receives a single number", "Give it a vector.");
        }
        int channels = input.size(0);
        Images.checkChannels(a, "numChannels", channels);
        int groups = Images.groups(a, "numGroups", channels);
        if (input.elements() == groups) {
            throw new LayerException(
                    "numGroups",
                    "each of the " + groups + " groups of %s holds one value, which has no variance",
                    "Write fewer groups.");
        }
        return new GroupNorm(
                input, groups, Reals.positive(a, "eps"), a.flag("affine"), a.flag("affine") && a.flag("bias"));
    }

    @Override
    public String name() {
        return "GroupNorm";
    }

    private int channels() {
        return output.size(0);
    }

    /** Groups x channels of a group x positions. */
    private Shape split() {
        return Shape.of(groups, channels() / groups, output.elements() / channels());
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        List<ParameterDeclaration> declarations = new ArrayList<>();
        if (affine) {
            declarations.add(ParameterDeclaration.constant("weight", Kind.PARAMETER, channels(), 1));
        }
        if (bias) {
            declarations.add(ParameterDeclaration.constant("bias", Kind.PARAMETER, channels(), 0));
        }
        return declarations;
    }

    @Override
    public String arguments() {
        return groups + ", " + channels() + ", eps=" + PythonFormat.real(eps) + ", affine=" + PythonFormat.flag(affine)
                + ", bias=" + PythonFormat.flag(bias);
    }

    @Override
    public long flops() {
        return 8L * output.elements();
    }

    private Value parameter(Lowering l, String parameter) {
        return l.reshape(l.parameter(parameter), Shape.of(groups, channels() / groups, 1));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = l.save(l.reshape(inputs.get(0), split()));
        Value mean = l.save(l.reduce(".mean", Reduce.Kind.MEAN, arg(0), WITHIN_GROUP, x));
        Expr deviation = arg(0).minus(arg(1));
        Value variance = l.reduce(".var", Reduce.Kind.MEAN, deviation.times(deviation), WITHIN_GROUP, x, mean);
        Value inverse = l.save(l.map(
                ".inverse", constant(1).dividedBy(arg(0).plus(constant(eps)).sqrt()), variance));
        Expr normal = deviation.times(arg(2));
        Value y;
        if (bias) {
            y = l.map(normal.fma(arg(3), arg(4)), x, mean, inverse, parameter(l, "weight"), parameter(l, "bias"));
        } else if (affine) {
            y = l.map(normal.times(arg(3)), x, mean, inverse, parameter(l, "weight"));
        } else {
            y = l.map(normal, x, mean, inverse);
        }
        return l.reshape(y, output);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value x = f.saved(0);
        Value mean = f.saved(1);
        Value inverse = f.saved(2);
        Value g = l.reshape(gradient, split());
        Expr normal = arg(1).minus(arg(2)).times(arg(3));
        if (affine) {
            l.accumulate(
                    "weight",
                    l.reduceBatch(
                            ".weight.grad", Reduce.Kind.SUM, arg(0).times(normal), List.of(2), g, x, mean, inverse));
        }
        if (bias) {
            l.accumulate("bias", l.reduceBatch(".bias.grad", Reduce.Kind.SUM, arg(0), List.of(2), g));
        }
        if (!l.needsGradient(0)) {
            return Collections.singletonList(null);
        }
        // gx = inverse * (h - mean(h) - normal * mean(h * normal)) with h = g * weight
        Value h = affine ? l.map(".scaled.grad", arg(0).times(arg(1)), g, parameter(l, "weight")) : g;
        Value shift = l.reduce(".shift", Reduce.Kind.MEAN, arg(0), WITHIN_GROUP, h);
        Value slope = l.reduce(".slope", Reduce.Kind.MEAN, arg(0).times(normal), WITHIN_GROUP, h, x, mean, inverse);
        Value byInput = l.map(
                ".grad",
                arg(0).minus(arg(4)).minus(normal.times(arg(5))).times(arg(3)),
                h,
                x,
                mean,
                inverse,
                shift,
                slope);
        return List.of(l.reshape(byInput, output));
    }
}
