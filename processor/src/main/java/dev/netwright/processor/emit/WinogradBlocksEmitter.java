package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.WinogradKernel.Blocks;
import java.util.ArrayList;
import java.util.List;

/** A convolution by Winograd's algorithm, some rows of tiles after the others: calls of three kernels. */
final class WinogradBlocksEmitter implements KernelEmitter {
    private final Blocks blocks;
    private final KernelNames names;

    WinogradBlocksEmitter(Blocks blocks, KernelNames names) {
        this.blocks = blocks;
        this.names = names;
    }

    @Override
    public Code body() {
        int rows = blocks.transform().rows();
        int step = blocks.transform().keptRows();
        Code.Builder code = Code.builder();
        code.addStatement("int pointsBase = localBase + $L", blocks.points());
        code.addStatement("int sumsBase = localBase + $L", blocks.sums());
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        if (rows % step == 0) {
            code.addStatement("int first = $L", Index.of("").plus("unit", step));
            code.addStatement("int end = first + $L", step);
        } else {
            code.addStatement("int sample = unit / $L * $L", blocks.units(), rows);
            code.addStatement("int first = sample + unit % $L * $L", blocks.units(), step);
            code.addStatement("int end = Math.min(first + $L, sample + $L)", step, rows);
        }
        call(
                code,
                blocks.transform(),
                List.of("local", "pointsBase", "in", "inBase", "local", "localBase"),
                "first",
                "end");
        call(
                code,
                blocks.products(),
                List.of("local", "pointsBase", "weights", "weightsBase", "local", "sumsBase"),
                "0",
                String.valueOf(blocks.productUnits()));
        List<String> arguments = new ArrayList<>();
        for (String operand : Operands.names(blocks.output())) {
            arguments.add(operand.equals("in") ? "local" : operand);
            arguments.add(operand.equals("in") ? "sumsBase" : Operands.base(operand));
        }
        call(code, blocks.output(), arguments, "first", "end");
        return code.endControlFlow().build();
    }

    private void call(Code.Builder code, Kernel kernel, List<String> operands, String from, String to) {
        List<String> arguments = new ArrayList<>(operands);
        arguments.add(from);
        arguments.add(to);
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", names.name(kernel));
    }
}
