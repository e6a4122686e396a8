package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Operand;
import dev.netwright.processor.plan.Planner;
import dev.netwright.processor.plan.ScanKernel;
import dev.netwright.processor.plan.ScanKernel.Argument;
import dev.netwright.processor.plan.ScanKernel.Call;
import dev.netwright.processor.plan.Tile;
import java.util.ArrayList;
import java.util.List;

/** The loops of a {@link ScanKernel}, over groups of samples and over time, around calls of what each step is made of. */
final class ScanEmitter implements KernelEmitter {
    private final ScanKernel scan;
    private final KernelNames names;
    private final Code.Builder code = Code.builder();

    ScanEmitter(ScanKernel scan, KernelNames names) {
        this.scan = scan;
        this.names = names;
    }

    @Override
    public Code body() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        code.addStatement("int first = unit * $L", Planner.GROUP);
        code.addStatement("int end = Math.min(first + $L, samples)", Planner.GROUP);
        scan.before().forEach(call -> call(call, null));
        if (scan.descending()) {
            code.beginControlFlow("for (int t = $L; t >= 0; t--)", scan.firstStep());
        } else {
            code.beginControlFlow("for (int t = 0; t < $L; t++)", scan.steps());
        }
        scan.body().forEach(call -> call(call, "t"));
        code.endControlFlow();
        return code.endControlFlow().build();
    }

    /** @param step the variable that counts steps; null for the first of them */
    private void call(Call call, String step) {
        Kernel kernel = call.kernel();
        List<Operand> operands = scan.operands();
        List<String> arguments = new ArrayList<>();
        for (Argument argument : call.arguments()) {
            String operand = operands.get(argument.operand()).name();
            Index index = Index.of(Operands.base(operand)).plus("first", argument.sample());
            if (step == null) {
                index.plus(argument.first() + scan.firstStep() * argument.step());
            } else {
                index.plus(step, argument.step()).plus(argument.first());
            }
            arguments.add(operand);
            arguments.add(index.toString());
        }
        boolean inTurn = step != null && call.blocks() > 1;
        if (inTurn) {
            int last = call.blocks() - 1;
            code.beginControlFlow("for (int i = 0; i <= $L; i++)", last);
            code.addStatement("int block = ($L & 1) == 0 ? i : $L - i", step, last);
            arguments.addAll(List.of("end - first", "block", "block + 1"));
        } else if (kernel instanceof Tile) {
            arguments.addAll(List.of("end - first", "0", String.valueOf(call.blocks())));
        } else {
            arguments.addAll(List.of("first", "end"));
        }
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", names.name(kernel));
        if (inTurn) {
            code.endControlFlow();
        }
    }
}
