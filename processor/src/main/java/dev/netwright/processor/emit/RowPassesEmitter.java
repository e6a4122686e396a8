package dev.netwright.processor.emit;

import com.palantir.javapoet.TypeName;
import dev.netwright.processor.graph.ElementType;
import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.Operand;
import dev.netwright.processor.plan.RowPasses;
import java.util.ArrayList;
import java.util.List;

/** The loops of {@link RowPasses}: those of each pass over the rows of a block, one after another. */
final class RowPassesEmitter implements KernelEmitter {
    private final String name;
    private final RowPasses kernel;
    private final Lanes lanes;
    private final List<KernelMethod> methods = new ArrayList<>();
    private final Code.Builder code = Code.builder();
    private int length;

    RowPassesEmitter(String name, RowPasses kernel, Lanes lanes) {
        this.name = name;
        this.kernel = kernel;
        this.lanes = lanes;
    }

    @Override
    public List<KernelMethod> helpers() {
        return methods;
    }

    /** Whether a sample's last block is shorter than others. */
    private boolean isUneven() {
        return kernel.rows() % kernel.block() != 0;
    }

    @Override
    public Code body() {
        int blocks = kernel.blocks();
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        String sample = "unit";
        String first = "0";
        if (blocks > 1) {
            sample = "sample";
            first = "first";
            code.addStatement("int sample = unit / $L", blocks);
            code.addStatement("int first = unit % $L * $L", blocks, kernel.block());
        }
        if (isUneven()) {
            code.addStatement("int rows = Math.min($L - first, $L)", kernel.rows(), kernel.block());
        }
        List<Operand> operands = kernel.operands();
        for (int i = 0; i < operands.size(); i++) {
            Index start = Index.of(Operands.base(operands.get(i).name()));
            if (!operands.get(i).own()) {
                start.plus(sample, kernel.sampleStrides().get(i));
                start.plus(first, kernel.rowStrides().get(i));
            }
            code.addStatement("int $L = $L", LoopEmitter.start(operands.get(i).name()), start);
        }
        length = Bytecodes.of(code.build());
        for (int i = 0; i < kernel.passes().size(); i++) {
            add(i);
        }
        return code.endControlFlow().build();
    }

    /** Adds a pass; as a method of its own where the kernel would be too long with it. */
    private void add(int number) {
        RowPasses.Pass pass = kernel.passes().get(number);
        List<String> names = pass.operands().stream()
                .map(operand -> kernel.operands().get(operand).name())
                .toList();
        String own = name + "Pass" + number;
        Code loops = rows(own, pass, names);
        int more = Bytecodes.of(loops);
        if (length + more <= Bytecodes.MOST_OF_KERNEL) {
            length += more;
            code.add(loops);
            return;
        }
        KernelMethod method = KernelMethod.named(own);
        List<String> arguments = new ArrayList<>();
        for (String operand : names) {
            method.parameter(Operands.array(ElementType.FLOAT32), operand);
            method.parameter(TypeName.INT, LoopEmitter.start(operand));
            arguments.add(operand);
            arguments.add(LoopEmitter.start(operand));
        }
        if (isUneven()) {
            method.parameter(TypeName.INT, "rows");
            arguments.add("rows");
        }
        methods.add(method.body(loops));
        code.addStatement("$L(" + String.join(",$W", arguments) + ")", own);
    }

    private Code rows(String own, RowPasses.Pass pass, List<String> names) {
        Code head =
                isUneven() ? Code.of("for (int row = 0; row < rows; row++)") : Trips.loop("row", kernel.block(), lanes);
        List<Integer> strides =
                pass.operands().stream().map(kernel.rowStrides()::get).toList();
        LoopEmitter emitter;
        Code loops;
        if (pass.kernel() instanceof LaneReduction sum) {
            LaneReductionEmitter sums = new LaneReductionEmitter(own, sum, lanes, names);
            loops = sums.rows(head, strides);
            emitter = sums;
        } else {
            ElementwiseEmitter map = new ElementwiseEmitter(own, (Kernel.Elementwise) pass.kernel(), lanes, names);
            loops = map.rows(head, strides, pass.inner());
            emitter = map;
        }
        methods.addAll(emitter.helpers());
        return loops;
    }
}
