package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The gradient of a convolution by its input, as a layer: its own gradients are that convolution and the convolution's
 * gradient by the weight, in which input and gradient change places.
 *
 * @param input shape of one sample
 * @param outChannels channels of the output
 * @param convolution from the output to the input
 * @param bias whether a value is added to each channel
 */
public record ConvTranspose(Shape input, int outChannels, Convolution convolution, boolean bias) implements Derived {
    static ConvTranspose create(Attributes a, List<Shape> inputs, int axes) {
        Shape input = Images.single(inputs, "ConvTranspose" + axes + "d", axes);
        int channels = input.size(0);
        Images.checkChannels(a, "inChannels", channels);
        int outChannels = Images.atLeastOne(a, "outChannels");
        List<Integer> kernel = a.sizes("kernelSize", axes, 1);
        List<Integer> stride = a.sizes("stride", axes, 1);
        List<Integer> padding = a.sizes("padding", axes, 0);
        List<Integer> added = a.sizes("outputPadding", axes, 0);
        List<Integer> dilation = a.sizes("dilation", axes, 1);
        int groups = Images.atLeastOne(a, "groups");
        Kernels.checkGroups(channels, outChannels, groups);
        for (int i = 0; i < axes; i++) {
            checkAdded(Images.axis(input, i), added.get(i), stride.get(i), dilation.get(i));
        }
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            Window window = Window.transposed(
                    input.size(i + 1), kernel.get(i), stride.get(i), dilation.get(i), padding.get(i), added.get(i));
            checkLeft(Images.axis(input, i), window);
            windows.add(window);
        }
        return new ConvTranspose(input, outChannels, new Convolution(windows, groups), a.flag("bias"));
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

    private static void checkLeft(String what, Window window) {
        if (window.extent() < 1) {
            throw LayerException.shape(
                            "padding",
                            "padding of %s cuts " + window.before() + " " + what + " off each side, which leaves "
                                    + window.extent() + " of " + (window.extent() + 2L * window.before()),
                            "Write less padding, or a larger kernelSize.")
                    .besides("kernelSize", "stride", "outputPadding", "dilation");
        }
    }

    @Override
    public String name() {
        return "ConvTranspose" + Images.suffix(input);
    }

    @Override
    public Shape output() {
        return Shape.of(outChannels)
                .and(convolution.windows().stream().map(Window::extent).toList());
    }

    private Shape weight() {
        return convolution.weight(input.size(0), outChannels / convolution.groups());
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
        return 2L * weight().elements() * (input.elements() / input.size(0));
    }

    @Override
    public List<LayerAttribute> attributes() {
        List<Window> windows = convolution.windows();
        return join(
                Kernels.attributes(input.size(0), outChannels, windows),
                Kernels.unless(0, "padding", windows, Window::before),
                Kernels.unless(1, "dilation", windows, Window::dilation),
                Kernels.unless(0, "output_padding", windows, window -> window.before() - window.after()),
                named("groups", convolution.groups()).unless(1),
                named("bias", bias).unless(true));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value biases = bias ? l.parameter("bias") : null;
        return l.transposedConvolve(inputs.get(0), l.parameter("weight"), biases, convolution, output());
    }
}
