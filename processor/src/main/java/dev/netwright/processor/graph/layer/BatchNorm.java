package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.Expr.arg;
import static dev.netwright.processor.graph.Expr.constant;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.positional;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.ParameterDeclaration.Kind;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.graph.Primitive.UpdateStatistics;
import dev.netwright.processor.graph.Reals;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Batch normalisation per channel: while training with the batch's mean and biased variance, else with the running
 * ones. The training form is
 * {@code (x - mean) * scale + bias} with {@code scale = weight / sqrt(variance + eps)}. Its gradient is its own: it takes the
 * means over the batch from the sums that are gradients of weight and bias.
 */
public record BatchNorm(
        Shape output, double eps, double momentum, boolean cumulative, boolean affine, boolean track, boolean bias)
        implements Layer {
    static BatchNorm create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = axes == 1 ? features(inputs) : Images.single(inputs, "BatchNorm" + axes + "d", axes);
        Images.checkChannels(a, "numFeatures", input.size(0));
        if (a.flag("cumulativeAverage") && a.isWritten("momentum")) {
            throw LayerException.ofValue(
                    "momentum",
                    "momentum of %s is " + Reals.any(a, "momentum")
                            + ", but cumulativeAverage = true weighs every batch the same",
                    "Leave out one of the two.");
        }
        return new BatchNorm(
                input,
                Reals.positive(a, "eps"),
                Reals.probability(a, "momentum"),
                a.flag("cumulativeAverage"),
                a.flag("affine"),
                a.flag("trackRunningStats"),
                a.flag("affine") && a.flag("bias"));
    }

    /** Of one place or several each. */
    private static Shape features(List<Shape> inputs) {
        Shape input = Activation.single(inputs);
        if (input.rank() != 1 && input.rank() != 2) {
            throw LayerException.shape(
                    null,
                    "%s (BatchNorm1d) needs features, or channels x places, but receives " + input,
                    "Give it an input with one dimension or two.");
        }
        return input;
    }

    @Override
    public String name() {
        return "BatchNorm" + Math.max(1, output.rank() - 1) + "d";
    }

    private int channels() {
        return output.size(0);
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
        if (track) {
            declarations.addAll(RunningStatistics.declarations(channels()));
        }
        return declarations;
    }

    @Override
    public List<LayerAttribute> attributes() {
        return List.of(
                positional("num_features", channels()),
                named("eps", eps),
                named("momentum", cumulative ? null : momentum),
                named("affine", affine),
                named("track_running_stats", track),
                named("bias", bias));
    }

    @Override
    public long flops() {
        return 2L * output.elements();
    }

    /** Of a single value the variance is not defined. */
    @Override
    public int leastSamples(boolean training) {
        return (training || !track) && output.elements() == channels() ? 2 : 1;
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        boolean batchStatistics = l.training() || !track;
        Value mean;
        Value variance;
        if (batchStatistics) {
            List<Integer> pixels = Lowering.pixels(output);
            mean = l.reduceBatch(".mean", Reduce.Kind.MEAN, arg(0), pixels, x);
            Expr deviation = arg(0).minus(arg(1));
            variance = l.reduceBatch(".var", Reduce.Kind.MEAN, deviation.times(deviation), pixels, x, mean);
        } else {
            mean = l.perChannel(RunningStatistics.mean(l), output);
            variance = l.perChannel(RunningStatistics.variance(l), output);
        }
        Value inverse = l.map(
                ".inverse", constant(1).dividedBy(arg(0).plus(constant(eps)).sqrt()), variance);
        Value scale = affine
                ? l.map(".scale", arg(0).times(arg(1)), inverse, l.perChannel(l.parameter("weight"), output))
                : inverse;
        if (l.training() && track) {
            double weight = cumulative ? Double.NaN : momentum;
            RunningStatistics.update(
                    l, new UpdateStatistics(weight, output.elements() / channels(), true), mean, variance);
        }
        l.save(mean);
        l.save(inverse);
        l.save(scale);
        return bias
                ? l.map(
                        arg(0).minus(arg(1)).fma(arg(2), arg(3)),
                        x,
                        mean,
                        scale,
                        l.perChannel(l.parameter("bias"), output))
                : l.map(arg(0).minus(arg(1)).times(arg(2)), x, mean, scale);
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value g) {
        Value x = f.input();
        Value mean = f.saved(0);
        Value inverse = f.saved(1);
        Value scale = f.saved(2);
        List<Integer> pixels = Lowering.pixels(output);
        int perSample = output.elements() / channels();
        Value sum = l.reduceBatch(".bias.grad", Reduce.Kind.SUM, arg(0), pixels, g);
        Value product =
                l.reduceBatch(".product", Reduce.Kind.SUM, arg(0).times(arg(1).minus(arg(2))), pixels, g, x, mean);
        if (affine) {
            l.accumulate("weight", l.map(".weight.grad", arg(0).times(arg(1)), product, inverse));
        }
        if (bias) {
            l.accumulate("bias", sum);
        }
        if (!l.needsGradient(0)) {
            return Collections.singletonList(null);
        }
        if (!l.training() && track) {
            return List.of(l.map(".grad", arg(0).times(arg(1)), g, scale)); // the statistics do not depend on x
        }
        // gx = scale * (g - mean(g) - (x - mean) * inverse^2 * mean(g * (x - mean)))
        Value meanGradient = l.batchMean(".shift", sum, perSample);
        Value slope =
                l.map(".slope", arg(0).times(arg(1)).times(arg(1)), l.batchMean(".slope", product, perSample), inverse);
        return List.of(l.map(
                ".grad",
                arg(0).minus(arg(1)).minus(arg(2).minus(arg(3)).times(arg(4))).times(arg(5)),
                g,
                meanGradient,
                x,
                mean,
                slope,
                scale));
    }
}
