package dev.netwright.processor.emit;

import static dev.netwright.processor.emit.RuntimeNames.SUPPORT;

import com.palantir.javapoet.CodeBlock;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.plan.Axis;
import dev.netwright.processor.plan.Kernel.Direct;
import java.util.List;

/** Convolutions of groups, element by element in scalar code; the same for every kind of kernels. */
final class DirectEmitter {
    private final Direct kernel;
    private final Convolution convolution;
    private final int groupInputs;
    private final int groupOutputs;
    private final CodeBlock.Builder code = CodeBlock.builder();

    DirectEmitter(Direct kernel) {
        this.kernel = kernel;
        this.convolution = kernel.convolution();
        this.groupInputs = kernel.inChannels() / convolution.groups();
        this.groupOutputs = kernel.outChannels() / convolution.groups();
    }

    CodeBlock body() {
        switch (kernel.part()) {
            case FORWARD -> forward();
            case INPUT_GRADIENT -> inputGradient();
            case WEIGHT_GRADIENT -> weightGradient();
        }
        return code.build();
    }

    private void forward() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int o = unit % $L", kernel.outChannels());
        code.addStatement("int sample = unit / $L", kernel.outChannels());
        loop("row", kernel.y().get(1));
        loop("column", kernel.y().get(2));
        code.addStatement("float sum = $L", kernel.biased() ? "bias[biasBase + o]" : "0f");
        loop("i", groupInputs);
        loop("k", convolution.kernel().rows());
        loop("m", convolution.kernel().columns());
        code.addStatement("sum = $T.fma(x[$L], w[$L], sum)", SUPPORT, input(), weight());
        close(3);
        code.addStatement("y[$L] = sum", output("row", "column"));
        close(3);
    }

    private void inputGradient() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int channel = unit % $L", kernel.inChannels());
        code.addStatement("int sample = unit / $L", kernel.inChannels());
        code.addStatement("int i = channel % $L", groupInputs);
        loop("row", kernel.x().get(1));
        loop("column", kernel.x().get(2));
        code.addStatement("float sum = $L", kernel.biased() ? "bias[biasBase + channel]" : "0f");
        code.beginControlFlow(
                "for (int o = channel / $1L * $2L; o < (channel / $1L + 1) * $2L; o++)", groupInputs, groupOutputs);
        loop("k", convolution.kernel().rows());
        reached(
                "row",
                "k",
                "y",
                "outRow",
                convolution.before().rows(),
                convolution.dilation().rows(),
                convolution.stride().rows(),
                kernel.y().get(1));
        loop("m", convolution.kernel().columns());
        reached(
                "column",
                "m",
                "x",
                "outColumn",
                convolution.before().columns(),
                convolution.dilation().columns(),
                convolution.stride().columns(),
                kernel.y().get(2));
        code.addStatement("sum = $T.fma(y[$L], w[$L], sum)", SUPPORT, output("outRow", "outColumn"), weight());
        close(5);
        code.addStatement(
                "x[$L] = sum",
                Index.of("xBase")
                        .plus("sample", kernel.xSample())
                        .plus("channel", stride(kernel.x(), 0))
                        .plus("row", stride(kernel.x(), 1))
                        .plus("column", stride(kernel.x(), 2)));
        close(3);
    }

    /** The output position that this tap takes the input to, if there is one. */
    private void reached(
            String position,
            String tap,
            String shifted,
            String out,
            int before,
            int dilation,
            int stride,
            Axis outputs) {
        String name = shifted + "Reach";
        code.addStatement("int $L = $L", name, Index.of(position).plus(before).plus(tap, -dilation));
        code.addStatement("int $L = $L / $L", out, name, stride);
        code.beginControlFlow("if ($L >= 0 && $L % $L == 0 && $L < $L)", name, name, stride, out, outputs.extent());
    }

    private void weightGradient() {
        code.beginControlFlow("for (int o = from; o < to; o++)");
        loop("i", groupInputs);
        loop("k", convolution.kernel().rows());
        loop("m", convolution.kernel().columns());
        code.addStatement("float total = 0f");
        code.beginControlFlow("for (int sample = 0; sample < samples; sample++)");
        code.addStatement("float sum = 0f");
        loop("row", kernel.y().get(1));
        loop("column", kernel.y().get(2));
        code.addStatement("sum = $T.fma(x[$L], y[$L], sum)", SUPPORT, input(), output("row", "column"));
        close(2);
        code.addStatement("total += sum");
        close(1);
        code.addStatement("w[$L] += total", weight());
        close(4);
    }

    private String input() {
        String channel = convolution.groups() == 1 ? "i" : "(o / " + groupOutputs + " * " + groupInputs + " + i)";
        return Index.of("xBase")
                .plus("sample", kernel.xSample())
                .plus(channel, stride(kernel.x(), 0))
                .plus("row", convolution.stride().rows() * stride(kernel.x(), 1))
                .plus("k", convolution.dilation().rows() * stride(kernel.x(), 1))
                .plus("column", convolution.stride().columns() * stride(kernel.x(), 2))
                .plus("m", convolution.dilation().columns() * stride(kernel.x(), 2))
                .plus(-convolution.before().rows() * stride(kernel.x(), 1)
                        - convolution.before().columns() * stride(kernel.x(), 2))
                .toString();
    }

    private String output(String row, String column) {
        return Index.of("yBase")
                .plus("sample", kernel.ySample())
                .plus("o", stride(kernel.y(), 0))
                .plus(row, stride(kernel.y(), 1))
                .plus(column, stride(kernel.y(), 2))
                .toString();
    }

    private String weight() {
        int rows = convolution.kernel().rows();
        int columns = convolution.kernel().columns();
        return Index.of("wBase")
                .plus("o", groupInputs * rows * columns)
                .plus("i", rows * columns)
                .plus("k", columns)
                .plus("m", 1)
                .toString();
    }

    private static int stride(List<Axis> axes, int dimension) {
        return axes.get(dimension).stride();
    }

    private void loop(String variable, Axis axis) {
        loop(variable, axis.extent());
    }

    private void loop(String variable, int count) {
        code.beginControlFlow("for (int $1L = 0; $1L < $2L; $1L++)", variable, count);
    }

    private void close(int loops) {
        for (int i = 0; i < loops; i++) {
            code.endControlFlow();
        }
    }
}
