package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Kernel;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The loops of a {@link Kernel.Reduction}. */
final class ReductionEmitter extends LoopEmitter {
    private final Kernel.Reduction kernel;

    ReductionEmitter(String name, Kernel.Reduction kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.kernel = kernel;
    }

    @Override
    public Code body() {
        List<Loop> kept = new ArrayList<>(kernel.kept().loops());
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        List<String> unitStarts = starts(kernel.sampleStrides(), null);
        Loop inner = kept.isEmpty() || kept.get(kept.size() - 1).stride(0) != 1 ? null : kept.remove(kept.size() - 1);
        List<String> bases = open("j", kept, unitStarts);
        if (inner == null) {
            combine(bases, Lanes.SCALAR, List.of(""), List.of());
        } else {
            innermost(inner, bases, kernel.abreast(), true, (l, starts, i, strides) -> combine(starts, l, i, strides));
        }
        close(kept);
        return code.endControlFlow().build();
    }

    /** One result, or one for each lane of each vector: the combined loops inside, in order. */
    private void combine(List<String> bases, Lanes l, List<String> abreast, List<Integer> strides) {
        List<List<String>> indices =
                abreast.stream().map(index -> indices(bases, index, strides)).toList();
        Map<String, List<String>> suffixed = new LinkedHashMap<>();
        for (int i = 0; i < indices.size(); i++) {
            suffixed.put(indices.size() == 1 ? "" : "_" + i, indices.get(i));
        }
        List<String> sums =
                totals(kernel.kind(), kernel.expr(), kernel.reduced(), kernel.parts(), suffixed, l, repeated(strides));
        for (int i = 0; i < sums.size(); i++) {
            divide(sums.get(i), kernel.divisor(), l);
            code.addStatement(
                    l.store(sums.get(i), operands.get(0), indices.get(i).get(0)));
        }
    }
}
