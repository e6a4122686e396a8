package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
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
            declarations.add(ParameterDeclaration.constant("running_mean", Kind.BUFFER, parameter(), 0));
            declarations.add(ParameterDeclaration.constant("running_var", Kind.BUFFER, parameter(), 1));
            declarations.add(ParameterDeclaration.counter("num_batches_tracked"));
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
            Value mean = l.perChannel(l.parameter("running_mean"), output);
            return normalised(l, x, mean, l.perChannel(l.parameter("running_var"), output));
        }
        Value mean = mean(l, x);
        Value variance = variance(l, x, mean);
        if (track) {
            l.commit(
                    new UpdateStatistics(momentum, output.elements() / output.size(0), false),
                    List.of(
                            l.reduceBatch(".mean.batch", Reduce.Kind.MEAN, arg(0), List.of(), mean),
                            l.reduceBatch(".var.batch", Reduce.Kind.MEAN, arg(0), List.of(), variance),
                            l.parameter("running_mean"),
                            l.parameter("running_var"),
                            l.parameter("num_batches_tracked")));
        }
        return normalised(l, x, mean, variance);
    }
}
