package dev.netwright.processor.graph.layer;

import static dev.netwright.processor.graph.LayerAttribute.join;
import static dev.netwright.processor.graph.LayerAttribute.named;
import static dev.netwright.processor.graph.LayerAttribute.word;

import dev.netwright.processor.graph.Attributes;
import dev.netwright.processor.graph.LayerAttribute;
import dev.netwright.processor.graph.LayerException;
import dev.netwright.processor.graph.Lowering;
import dev.netwright.processor.graph.NamedSizes;
import dev.netwright.processor.graph.ParameterDeclaration;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Pad;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cross-correlation along the axes behind the channels. Padding other than by zeros is a {@link Pad} before a convolution
 * without padding.
 */
public record Conv(Shape input, int outChannels, Convolution convolution, boolean bias, Pad.Mode mode, String padding)
        implements Derived {
    static Conv create(Attributes a, List<Shape> inputs, int axes) {
        String name = "Conv" + axes + "d";
        Shape input = Images.single(inputs, name, axes);
        int channels = input.size(0);
        Images.checkChannels(a, "inChannels", channels);
        int outChannels = Images.atLeastOne(a, "outChannels");
        List<Integer> kernel = a.sizes("kernelSize", axes, 1);
        List<Integer> stride = a.sizes("stride", axes, 1);
        List<Integer> dilation = a.sizes("dilation", axes, 1);
        int groups = Images.atLeastOne(a, "groups");
        Kernels.checkGroups(channels, outChannels, groups);
        String named = paddingName(a, stride, name);
        List<Integer> padding = named == null ? a.sizes("padding", axes, 0) : List.of();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < axes; i++) {
            int extent = input.size(i + 1);
            int around = named == null ? padding.get(i) : 0;
            windows.add(
                    "same".equals(named)
                            ? Window.same(extent, kernel.get(i), stride.get(i), dilation.get(i))
                            : new Window(extent, kernel.get(i), stride.get(i), dilation.get(i), around, around));
        }
        Pad.Mode mode = Pad.Mode.valueOf(a.text("paddingMode").replace("ZEROS", "CONSTANT"));
        Images.checkPadding(windows, mode);
        for (int i = 0; i < axes; i++) {
            checkWindow(Images.axis(input, i), windows.get(i));
        }
        return new Conv(input, outChannels, new Convolution(windows, groups), a.flag("bias"), mode, named);
    }

    /** PyTorch's name of the padding; null where it is written as numbers. */
    private static String paddingName(Attributes a, List<Integer> stride, String layer) {
        List<Integer> written = a.integers("padding");
        if (written.equals(List.of(NamedSizes.SAME))) {
            if (stride.stream().anyMatch(step -> step != 1)) {
                throw LayerException.ofValue(
                                "padding",
                                "padding = SAME needs stride 1, but stride is " + a.sizesText("stride"),
                                "Write the padding as numbers, or stride = 1.")
                        .besides("stride");
            }
            return "same";
        } else if (written.equals(List.of(NamedSizes.VALID))) {
            return "valid";
        } else if (written.stream().anyMatch(NamedSizes::isNamed)) {
            throw LayerException.ofValue(
                    "padding",
                    "padding of %s is " + a.sizesText("padding") + ", but SAME and VALID stand for both sides",
                    "Write padding = " + layer + ".SAME alone, or numbers.");
        }
        return null;
    }

    private static void checkWindow(String what, Window window) {
        int padded = Math.toIntExact(window.padded());
        if (padded < window.span()) {
            throw LayerException.shape(
                            "kernelSize",
                            "%s needs " + window.span() + " " + what
                                    + " (kernel and dilation), but its padded input has " + padded,
                            "Write a smaller kernelSize, or more padding.")
                    .besides("dilation", "padding");
        }
    }

    @Override
    public String name() {
        return "Conv" + Images.suffix(input);
    }

    @Override
    public Shape output() {
        return convolution.output(outChannels);
    }

    private int fanIn() {
        return input.size(0) / convolution.groups() * convolution.taps();
    }

    @Override
    public List<ParameterDeclaration> parameters() {
        Shape weight = convolution.weight(outChannels, input.size(0) / convolution.groups());
        ParameterDeclaration declared = ParameterDeclaration.weight(weight, fanIn());
        return bias ? List.of(declared, ParameterDeclaration.bias(outChannels, fanIn())) : List.of(declared);
    }

    @Override
    public long flops() {
        return 2L * output().elements() * fanIn();
    }

    @Override
    public List<LayerAttribute> attributes() {
        List<Window> windows = convolution.windows();
        return join(
                Kernels.attributes(input.size(0), outChannels, windows),
                padding != null ? word("padding", padding) : Kernels.unless(0, "padding", windows, Window::before),
                Kernels.unless(1, "dilation", windows, Window::dilation),
                named("groups", convolution.groups()).unless(1),
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
        }
        return l.convolve(x, l.parameter("weight"), bias ? l.parameter("bias") : null, inner(), output());
    }

    private boolean padsBefore() {
        return mode != Pad.Mode.CONSTANT
                && convolution.windows().stream().anyMatch(window -> window.before() != 0 || window.after() != 0);
    }

    private Pad pad() {
        List<Integer> before = new ArrayList<>(List.of(0));
        List<Integer> after = new ArrayList<>(List.of(0));
        for (Window window : convolution.windows()) {
            before.add(window.before());
            after.add(window.after());
        }
        return new Pad(before, after, mode, 0);
    }

    private Convolution inner() {
        return mode == Pad.Mode.CONSTANT
                ? convolution
                : new Convolution(
                        convolution.windows().stream().map(Window::onPadded).toList(), convolution.groups());
    }
}
