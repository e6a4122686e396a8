package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Primitive.UpdateStatistics;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * Normalisation of each channel of each sample, in evaluation by running statistics if these are kept.
 *
 * @param output shape of one sample
 */
public record InstanceNorm(Shape output, double eps, double momentum, boolean affine, boolean track)
        implements Normalising {
    static InstanceNorm create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs, "InstanceNorm" + axes + "d", axes);
        Images.checkChannels(a, "numFeatures", input.size(0));
        Normalising.checkSeveral(null, input.elements() / input.size(0), input);
        return new InstanceNorm(
                input,
                Reals.positive(a, "eps"),
                Reals.probability(a, "momentum"),
                a.flag("affine"),
                a.flag("trackRunningStats"));
    }

    @Override
    public String name() {
        return "InstanceNorm" + Images.suffix(output);
    }

    @Override
    public Shape space() {
        return output;
    }

    @Override
    public List<Integer> within() {
        return Lowering.pixels(output);
    }

    @Override
    public Shape broadcast() {
        return Dimensions.made(1, output, within());
    }

    @Override
    public Shape parameter() {
        return Shape.of(output.size(0));
    }

    @Override
    public boolean bias() {
        return affine;
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        List<ParameterDeclaration> declarations = new ArrayList<>(Normalising.super.parameters());
        if (track) {
            declarations.addAll(RunningStatistics.declarations(output.size(0)));
        }
        return declarations;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_features", output.size(0)),
                named("eps", eps),
                named("momentum", momentum),
                named("affine", affine),
                named("track_running_stats", track),
                named("bias", affine));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (track && !l.training()) {
            Value mean = l.perChannel(RunningStatistics.mean(l), output);
            return normalised(l, x, mean, l.perChannel(RunningStatistics.variance(l), output));
        }
        Value mean = mean(l, x);
        Value variance = variance(l, x, mean);
        if (track) {
            RunningStatistics.update(
                    l,
                    new UpdateStatistics(momentum, output.elements() / output.size(0), false),
                    l.reduceBatch(".mean.batch", Reduce.Kind.MEAN, arg(0), List.of(), mean),
                    l.reduceBatch(".var.batch", Reduce.Kind.MEAN, arg(0), List.of(), variance));
        }
        return normalised(l, x, mean, variance);
    }
}
