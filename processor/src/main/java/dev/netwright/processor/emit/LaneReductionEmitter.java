package dev.netwright.processor.emit;

import dev.netwright.processor.graph.Primitive.Reduce;
import dev.netwright.processor.plan.LaneReduction;
import dev.netwright.processor.plan.Layout;
import dev.netwright.processor.plan.Nest.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The loops of a {@link LaneReduction}. */
final class LaneReductionEmitter extends LoopEmitter {
    private final LaneReduction kernel;

    LaneReductionEmitter(String name, LaneReduction kernel, Lanes lanes) {
        super(name, kernel, lanes);
        this.kernel = kernel;
    }

    @Override
    public Code body() {
        code.beginControlFlow("for (int unit = from; unit < to; unit++)");
        List<String> unitStarts = starts(kernel.sampleStrides(), null);
        List<Loop> kept = kernel.kept().loops();
        List<String> bases = open("j", kept, unitStarts);
        Code head = Code.of("for (int lane = 0; lane < $L; lane += $L)", Layout.LANES, lanes.count());
        int length = add("Lanes", 0, bases, starts -> captured(head, () -> lanes(starts)));
        if (kernel.restLanes() > 0) {
            Code rest = Code.of("for (int lane = 0; lane < $L; lane++)", kernel.restLanes());
            add("Rest", length, bases, starts -> captured(rest, () -> rest(starts)));
        }
        boolean max = kernel.kind() == Reduce.Kind.MAX;
        code.addStatement(
                "float sum = $T.$L(lanes, $L)",
                RuntimeNames.SUPPORT,
                max ? "largestOfLanes" : "sumOfLanes",
                bases.get(1));
        divide("sum", kernel.divisor(), Lanes.SCALAR);
        code.addStatement(Lanes.SCALAR.store("sum", operands.get(0), bases.get(0)));
        close(kept);
        return code.endControlFlow().build();
    }

    /** Of the neighbours that fill vectors, those that meet in some lanes. */
    private void lanes(List<String> starts) {
        List<String> indices = neighbours(starts, 0);
        totals(
                kernel.kind(),
                kernel.expr(),
                kernel.vectors(),
                kernel.parts(),
                List.of(indices),
                lanes,
                repeated(steps()));
        code.addStatement(lanes.store("sum", "lanes", indices.get(1)));
    }

    /** What the neighbours behind them add. */
    private void rest(List<String> starts) {
        List<String> indices = neighbours(starts, kernel.whole());
        Lanes one = Lanes.SCALAR;
        totals(
                kernel.kind(),
                kernel.expr(),
                kernel.rest(),
                kernel.restParts(),
                List.of(indices),
                one,
                repeated(List.of()));
        String lane = indices.get(1);
        String old = "lanes[" + lane + "]";
        code.addStatement(
                one.store(one.binary(combining(kernel.kind()), old, "sum").toString(), "lanes", lane));
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
