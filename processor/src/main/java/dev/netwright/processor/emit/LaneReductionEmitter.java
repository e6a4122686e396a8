package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Expr.Comparison;
import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The loops of a {@link LaneReduction}. */
final class LaneReductionEmitter extends LoopEmitter {
    private final LaneReduction kernel;

    LaneReductionEmitter(String name, LaneReduction kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.kernel = kernel;
    }

    LaneReductionEmitter(String name, LaneReduction kernel, Lanes lanes, List<String> operands) {
        super(name, kernel, lanes, operands);
        this.kernel = kernel;
    }

    /** Of the rows of a block: the lanes of all of them, then their sums. */
    Code rows(Code head, List<Integer> strides) {
        return captured(() -> {
            lanes(openRows(head, strides));
            code.endControlFlow();
            result(openRows(head, strides));
            code.endControlFlow();
        });
    }

    @Override
    public Code body() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        List<String> unitStarts = starts(kernel.sampleStrides(), null);
        List<Loop> kept = kernel.kept().loops();
        List<String> bases = open("j", kept, unitStarts);
        lanes(bases);
        result(bases);
        close(kept);
        return code.endControlFlow().build();
    }

    private void lanes(List<String> bases) {
        Code head = Code.of("for (int lane = 0; lane < $L; lane += $L)", Layout.LANES, lanes.count());
        boolean joined = kernel.restLanes() > 0
                && lanes.isVector()
                && Bytecodes.of(captured(head, () -> lanes(bases, true))) <= Bytecodes.MOST_OF_KERNEL;
        int length = add("Lanes", 0, bases, starts -> captured(head, () -> lanes(starts, joined)));
        if (kernel.restLanes() > 0 && !joined) {
            Code rest = Code.of("for (int lane = $1L; lane < $2L; lane++)", kernel.firstRestLane(), Layout.LANES);
            add("Rest", length, bases, starts -> captured(rest, () -> rest(starts)));
        }
    }

    private void result(List<String> bases) {
        boolean max = kernel.kind() == Reduce.Kind.MAX;
        code.addStatement(
                "float sum = $T.$L(lanes, $L)",
                RuntimeNames.SUPPORT,
                max ? "largestOfLanes" : "sumOfLanes",
                bases.get(1));
        divide("sum", kernel.divisor(), Lanes.SCALAR);
        code.addStatement(Lanes.SCALAR.store("sum", operands.get(0), bases.get(0)));
    }

    /**
     * Of the neighbours that fill vectors, those that meet in some lanes.
     *
     * @param joined whether what is behind them is added
     */
    private void lanes(List<String> starts, boolean joined) {
        List<String> indices = neighbours(starts, 0);
        String sum = total(kernel.vectors(), kernel.parts(), "", indices, lanes, repeated(steps()));
        if (joined) {
            String rest = total(
                    kernel.rest(),
                    kernel.restParts(),
                    "Rest",
                    neighbours(starts, kernel.firstRest()),
                    lanes,
                    repeated(steps()));
            code.addStatement("$T number = $L", lanes.type(), lanes.load("LANES", "lane"));
            code.addStatement("$1L = $2L", rest, lanes.binary(combining(kernel.kind()), sum, rest));
            code.addStatement(
                    "$1L = $2L", sum, lanes.select(Comparison.GE, "number", kernel.firstRestLane() + "f", rest, sum));
        }
        code.addStatement(lanes.store(sum, "lanes", indices.get(1)));
    }

    /** What the neighbours behind them add. */
    private void rest(List<String> starts) {
        List<String> indices = neighbours(starts, kernel.firstRest());
        Lanes one = Lanes.SCALAR;
        String sum = total(kernel.rest(), kernel.restParts(), "", indices, one, repeated(List.of()));
        String lane = indices.get(1);
        String old = "lanes[" + lane + "]";
        code.addStatement(
                one.store(one.binary(combining(kernel.kind()), old, sum).toString(), "lanes", lane));
    }

    private String total(Nest nest, int parts, String suffix, List<String> indices, Lanes l, List<Boolean> repeated) {
        return totals(kernel.kind(), kernel.expr(), nest, parts, Map.of(suffix, indices), l, repeated)
                .get(0);
    }

    private List<Integer> steps() {
        return IntStream.range(0, operands.size()).mapToObj(kernel::step).toList();
    }

    /** Each operand's index for a lane, from some neighbour on. */
    private List<String> neighbours(List<String> starts, int from) {
        List<String> indices = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            boolean own = operands.get(k).equals("lanes");
            Index index = Index.of(starts.get(k)).plus("lane", own ? 1 : kernel.step(k));
            indices.add(index.plus(own ? 0 : from * kernel.step(k)).toString());
        }
        return indices;
    }
}
