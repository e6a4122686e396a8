package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.word;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.Layer;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Primitive.PadGradient;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.List;
import java.util.Locale;

/**
 * Cross-correlation over rows and columns. Padding other than by zeros is a {@link Pad} before a convolution without
 * padding.
 */
public record Conv2d(Shape input, int outChannels, Convolution convolution, boolean bias, Pad.Mode mode, String padding)
        implements Layer {
    static Conv2d create(Attributes a, List<Shape> inputs) {
        Shape input = Images.single(inputs, "Conv2d");
        int channels = input.size(0);
        Images.checkChannels(a, "inChannels", channels);
        int outChannels = Images.atLeastOne(a, "outChannels");
        Size kernel = Size.of(a.sizes("kernelSize", 2, 1));
        Size stride = Size.of(a.sizes("stride", 2, 1));
        Size dilation = Size.of(a.sizes("dilation", 2, 1));
        int groups = Images.atLeastOne(a, "groups");
        Kernels.checkGroups(channels, outChannels, groups);

        Size span = new Size(dilation.rows() * (kernel.rows() - 1), dilation.columns() * (kernel.columns() - 1));
        Size before;
        Size after;
        String padding;
        List<Integer> written = a.integers("padding");
        if (written.equals(List.of(NamedSizes.SAME))) {
            if (stride.rows() != 1 || stride.columns() != 1) {
                throw LayerException.ofValue(
                                "padding",
                                "padding = SAME needs stride 1, but stride is " + a.sizesText("stride"),
                                "Write the padding as numbers, or stride = 1.")
                        .besides("stride");
            }
            before = new Size(span.rows() / 2, span.columns() / 2);
            after = new Size(span.rows() - before.rows(), span.columns() - before.columns());
            padding = "same";
        } else if (written.equals(List.of(NamedSizes.VALID))) {
            before = new Size(0, 0);
            after = before;
            padding = "valid";
        } else if (written.stream().anyMatch(NamedSizes::isNamed)) {
            throw LayerException.ofValue(
                    "padding",
                    "padding of %s is " + a.sizesText("padding") + ", but SAME and VALID stand for both sides",
                    "Write padding = Conv2d.SAME alone, or numbers.");
        } else {
            before = Size.of(a.sizes("padding", 2, 0));
            after = before;
            padding = null;
        }
        Pad.Mode mode = Pad.Mode.valueOf(a.text("paddingMode").replace("ZEROS", "CONSTANT"));
        Images.checkPadding(input, before, after, mode);
        checkWindow("rows", Images.padded(input.size(1), before.rows(), after.rows()), span.rows() + 1);
        checkWindow("columns", Images.padded(input.size(2), before.columns(), after.columns()), span.columns() + 1);
        return new Conv2d(
                input,
                outChannels,
                new Convolution(kernel, stride, before, after, dilation, groups),
                a.flag("bias"),
                mode,
                padding);
    }

    private static void checkWindow(String what, int padded, int window) {
        if (padded < window) {
            throw LayerException.shape(
                            "kernelSize",
                            "%s needs " + window + " " + what + " (kernel and dilation), but its padded input has "
                                    + padded,
                            "Write a smaller kernelSize, or more padding.")
                    .besides("dilation", "padding");
        }
    }

    @Override
    public String name() {
        return "Conv2d";
    }

    @Override
    public Shape output() {
        Convolution c = convolution;
        int rows = input.size(1)
                + c.before().rows()
                + c.after().rows()
                - c.dilation().rows() * (c.kernel().rows() - 1)
                - 1;
        int columns = input.size(2)
                + c.before().columns()
                + c.after().columns()
                - c.dilation().columns() * (c.kernel().columns() - 1)
                - 1;
        return Shape.of(
                outChannels, rows / c.stride().rows() + 1, columns / c.stride().columns() + 1);
    }

    private int fanIn() {
        return input.size(0)
                / convolution.groups()
                * convolution.kernel().rows()
                * convolution.kernel().columns();
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        Shape weight = Shape.of(
                outChannels,
                input.size(0) / convolution.groups(),
                convolution.kernel().rows(),
                convolution.kernel().columns());
        ParameterDeclaration declared = ParameterDeclaration.weight(weight, fanIn());
        return bias ? List.of(declared, ParameterDeclaration.bias(outChannels, fanIn())) : List.of(declared);
    }

    @Override
    public long flops() {
        return 2L * output().elements() * fanIn();
    }

    @Override
    public List<LayerAttribute> attributes() {
        Convolution c = convolution;
        LayerAttribute written = padding != null
                ? word("padding", padding)
                : named("padding", Images.pair(c.before())).unless(List.of(0, 0));
        return join(
                Kernels.attributes(input.size(0), outChannels, c.kernel(), c.stride()),
                written,
                named("dilation", Images.pair(c.dilation())).unless(List.of(1, 1)),
                named("groups", c.groups()).unless(1),
                named("bias", bias).unless(true),
                word(
                                "padding_mode",
                                mode == Pad.Mode.CONSTANT
                                        ? "zeros"
                                        : mode.name().toLowerCase(Locale.ROOT))
                        .unless("zeros"));
    }

    @Override
    public Value forward(Lowering l, List<Value> inputs) {
        Value x = inputs.get(0);
        if (padsBefore()) {
            Pad pad = pad();
            x = l.apply(pad, ".pad", Images.padded(input, pad), true, List.of(x));
            l.save(x);
        }
        return l.convolve(x, l.parameter("weight"), bias ? l.parameter("bias") : null, inner(), output());
    }

    @Override
    public List<Value> backward(Lowering l, Forward f, Value gradient) {
        Value x = padsBefore() ? f.saved(0) : f.input();
        l.convolveWeightGradient(x, gradient, inner(), l.parameter("weight"));
        if (bias) {
            Kernels.accumulateBias(l, output(), gradient);
        }
        Value inputGradient = null;
        if (l.needsGradient(0)) {
            inputGradient = l.convolveInputGradient(gradient, l.parameter("weight"), inner(), x.shape());
            if (padsBefore()) {
                inputGradient = l.apply(new PadGradient(pad()), ".pad.grad", input, true, List.of(inputGradient));
            }
        }
        return java.util.Collections.singletonList(inputGradient);
    }

    private boolean padsBefore() {
        return mode != Pad.Mode.CONSTANT && !pad().equals(new Pad(List.of(0, 0, 0), List.of(0, 0, 0), mode, 0));
    }

    private Pad pad() {
        Convolution c = convolution;
        return new Pad(
                List.of(0, c.before().rows(), c.before().columns()),
                List.of(0, c.after().rows(), c.after().columns()),
                mode,
                0);
    }

    private Convolution inner() {
        Convolution c = convolution;
        Size none = new Size(0, 0);
        return mode == Pad.Mode.CONSTANT
                ? c
                : new Convolution(c.kernel(), c.stride(), none, none, c.dilation(), c.groups());
    }
}
