package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;

/**
 * The gradient of a convolution by its input, as a layer: its own gradients are that convolution and the convolution's
 * gradient by the weight, in which input and gradient change places.
 *
 * @param input shape of one sample
 * @param outChannels channels of the output
 * @param convolution from the output to the input
 * @param outputPadding rows and columns of the output that the convolution would drop
 * @param bias whether a value is added to each channel
 */
public record ConvTranspose2d(Shape input, int outChannels, Convolution convolution, Size outputPadding, boolean bias)
        implements Layer {
    static ConvTranspose2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "ConvTranspose2d");
        int channels = input.size(0);
        Images.checkChannels(a, "inChannels", channels);
        int outChannels = Images.atLeastOne(a, "outChannels");
        Size kernel = Size.of(a.sizes("kernelSize", 2, 1));
        Size stride = Size.of(a.sizes("stride", 2, 1));
        Size padding = Size.of(a.sizes("padding", 2, 0));
        Size added = Size.of(a.sizes("outputPadding", 2, 0));
        Size dilation = Size.of(a.sizes("dilation", 2, 1));
        int groups = Images.atLeastOne(a, "groups");
        Kernels.checkGroups(channels, outChannels, groups);
        checkAdded("rows", added.rows(), stride.rows(), dilation.rows());
        checkAdded("columns", added.columns(), stride.columns(), dilation.columns());
        // zeros that the last windows of the convolution reach, where not all that was cut is added again
        Size after =
                new Size(Math.max(0, padding.rows() - added.rows()), Math.max(0, padding.columns() - added.columns()));
        ConvTranspose2d layer = new ConvTranspose2d(
                input,
                outChannels,
                new Convolution(kernel, stride, padding, after, dilation, groups),
                added,
                a.flag("bias"));
        checkLeft("rows", layer.size(0), padding.rows());
        checkLeft("columns", layer.size(1), padding.columns());
        return layer;
    }

    private static void checkAdded(String what, int added, int stride, int dilation) {
        if (added >= stride && added >= dilation) {
            throw LayerException.ofValue(
                            "outputPadding",
                            "outputPadding of %s is " + added + " " + what
                                    + ", but must be smaller than the stride of " + stride + " or the dilation of "
                                    + dilation,
                            "Write outputPadding = " + (Math.max(stride, dilation) - 1) + " or less.")
                    .besides("stride", "dilation");
        }
    }

    private static void checkLeft(String what, long size, int padding) {
        if (size < 1) {
            throw LayerException.shape(
                            "padding",
                            "padding of %s cuts " + padding + " " + what + " off each side, which leaves " + size
                                    + " of " + (size + 2L * padding),
                            "Write less padding, or a larger kernelSize.")
                    .besides("kernelSize", "stride", "outputPadding", "dilation");
        }
        Math.toIntExact(size);
    }

    @Override
    public String name() {
        return "ConvTranspose2d";
    }

    @Override
    public Shape output() {
        return Shape.of(outChannels, Math.toIntExact(size(0)), Math.toIntExact(size(1)));
    }

    /** Rows (side 0) or columns (1) of the output. */
    private long size(int side) {
        Convolution c = convolution;
        return side == 0
                ? size(
                                input.size(1),
                                c.kernel().rows(),
                                c.stride().rows(),
                                c.before().rows(),
                                c.dilation().rows())
                        + outputPadding.rows()
                : size(
                                input.size(2),
                                c.kernel().columns(),
                                c.stride().columns(),
                                c.before().columns(),
                                c.dilation().columns())
                        + outputPadding.columns();
    }

    private static long size(int input, int kernel, int stride, int padding, int dilation) {
        return (input - 1L) * stride - 2L * padding + (long) dilation * (kernel - 1) + 1;
    }

    private Shape weight() {
        Convolution c = convolution;
        return Shape.of(
                input.size(0),
                outChannels / c.groups(),
                c.kernel().rows(),
                c.kernel().columns());
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        // PyTorch counts what one output of a convolution with this weight would sum over
        int fanIn = weight().elements() / input.size(0);
        ParameterDeclaration declared = ParameterDeclaration.weight(weight(), fanIn);
        return bias ? List.of(declared, ParameterDeclaration.bias(outChannels, fanIn)) : List.of(declared);
    }

    @Override
    public long flops() {
        return 2L * weight().elements() * input.size(1) * input.size(2);
    }

    @Override
    public List<LayerAttribute> attributes() {
        Convolution c = convolution;
        return join(
                Kernels.attributes(input.size(0), outChannels, c.kernel(), c.stride()),
                named("padding", Images.pair(c.before())).unless(List.of(0, 0)),
                named("dilation", Images.pair(c.dilation())).unless(List.of(1, 1)),
                named("output_padding", Images.pair(outputPadding)).unless(List.of(0, 0)),
                named("groups", c.groups()).unless(1),
                named("bias", bias).unless(true));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value biases = bias ? l.parameter("bias") : null;
        return l.transposedConvolve(inputs.get(0), l.parameter("weight"), biases, convolution, output());
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value weight = l.parameter("weight");
        l.convolveWeightGradient(gradient, f.input(), convolution, weight);
        if (bias) {
            Kernels.accumulateBias(l, output(), gradient);
        }
        Value inputGradient =
                l.needsGradient(0) ? l.transposedConvolveGradient(gradient, weight, convolution, input) : null;
        return java.util.Collections.singletonList(inputGradient);
    }
}
