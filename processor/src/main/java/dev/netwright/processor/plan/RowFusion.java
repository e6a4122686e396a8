package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.plan.Nest.Loop;
import dev.netwright.processor.plan.Place.Array;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes one step of those that go through the same rows, each of a row's own elements: see {@link RowPasses}. */
final class RowFusion {
    /** Rows of a block: a divisor of all rows between these, if there is one. */
    private static final int FEWEST_ROWS = 4;

    private static final int MOST_ROWS = 16;

    /**
     * Elements of a row. Of longer ones the waiting for a sum is a smaller part, and single passes read memory more evenly:
     * rows of 368, on one thread, take 182-210 us kernel by kernel and 256-277 so.
     */
    private static final int LONGEST_ROW = 256;

    /** Steps between two that are made one. */
    private static final int MOST_BETWEEN = 6;

    /** Operations of an element: the code of a pass is to be a method that HotSpot makes good code of. */
    private static final int LONGEST = 32;

    private final StepPlanner planner;

    RowFusion(StepPlanner planner) {
        this.planner = planner;
    }

    /** Steps that go through the same rows. */
    private static final class Run {
        private final int rows;
        private final List<Draft> steps = new ArrayList<>();
        /** Others in front of the last of them. */
        private final List<Draft> between = new ArrayList<>();

        private final List<BufferView> operands = new ArrayList<>();
        private final List<Integer> rowStrides = new ArrayList<>();
        private final List<RowPasses.Pass> passes = new ArrayList<>();

        Run(int rows) {
            this.rows = rows;
        }

        /** Adds a step, each operand as the one that is known already where it goes from row to row as that does. */
        void add(Draft step) {
            steps.add(step);
            List<Integer> own = new ArrayList<>();
            for (int i = 0; i < step.operands().size(); i++) {
                BufferView view = step.operands().get(i);
                if (view.array() == Array.LOCAL) {
                    own.add(RowPasses.LANES);
                    continue;
                }
                int stride = rowStride(step.kernel(), i);
                int known = known(view, stride, own);
                if (known < 0) {
                    known = operands.size();
                    operands.add(view);
                    rowStrides.add(stride);
                }
                own.add(known);
                if (operands.size() == RowPasses.LANES) {
                    operands.add(null);
                    rowStrides.add(Layout.LANES);
                }
            }
            passes.add(new RowPasses.Pass(step.kernel(), own));
        }

        private int known(BufferView view, int stride, List<Integer> taken) {
            return IntStream.range(0, operands.size())
                    .filter(i -> i != RowPasses.LANES
                            && !taken.contains(i)
                            && operands.get(i).equals(view)
                            && rowStrides.get(i) == stride)
                    .findFirst()
                    .orElse(-1);
        }

        /** An element for each row, without those that only fill up vectors. */
        Draft narrowed(Draft step) {
            if (step.kernel() instanceof Kernel.Elementwise map
                    && map.loops().loops().size() == 1) {
                Loop loop = map.loops().loops().get(0);
                if (loop.count() == Layout.roundUp(rows)) {
                    Nest exact = new Nest(List.of(new Loop(rows, loop.strides())));
                    return step.with(new Kernel.Elementwise(exact, map.sampleStrides(), map.expr(), map.accumulate()));
                }
            }
            return step;
        }

        /** Whether a step reads what these compute. */
        boolean isRead(Draft next) {
            return steps.stream().anyMatch(step -> reads(next, step.operands().get(0)));
        }

        /** Whether each row of a step reads, of what these compute, its own row. */
        boolean suits(Draft next) {
            for (Draft step : steps) {
                BufferView result = step.operands().get(0);
                List<Loop> within = within(step.kernel());
                for (int i = 0; i < next.operands().size(); i++) {
                    BufferView view = next.operands().get(i);
                    if (view.array() == result.array() && view.buffer().equals(result.buffer())) {
                        int operand = i;
                        boolean same = i > 0
                                && view.equals(result)
                                && rowStride(next.kernel(), i) == rowStride(step.kernel(), 0)
                                && rowStride(next.kernel(), i) != 0
                                && strides(within(next.kernel()), operand).equals(strides(within, 0));
                        if (!same) {
                            return false;
                        }
                    }
                }
            }
            return steps.stream().noneMatch(step -> reads(step, next.operands().get(0)));
        }

        private static boolean reads(Draft step, BufferView result) {
            return step.operands().stream().anyMatch(view -> view.buffer().equals(result.buffer()));
        }

        /** Loops along which an operand moves. */
        private static List<String> strides(List<Loop> loops, int operand) {
            return loops.stream()
                    .filter(loop -> loop.stride(operand) != 0)
                    .map(loop -> loop.count() + " by " + loop.stride(operand))
                    .toList();
        }
    }

    /** Steps in their order, those that are one at the place of the last of them. */
    List<Draft> fused(List<Draft> steps) {
        List<Draft> result = new ArrayList<>();
        int next = 0;
        while (next < steps.size()) {
            Run run = rows(steps.get(next).kernel()) > 0 && combines(steps.get(next))
                    ? run(steps.subList(next, steps.size()))
                    : null;
            if (run == null) {
                decideOnLongRows(steps.get(next));
                result.add(steps.get(next++));
                continue;
            }
            result.addAll(fused(run.between));
            result.add(fused(run));
            next += run.steps.size() + run.between.size();
        }
        return result;
    }

    private static Run run(List<Draft> steps) {
        Draft first = steps.get(0);
        Run run = new Run(rows(first.kernel()));
        run.add(first);
        List<Draft> between = new ArrayList<>();
        for (int i = 1; i < steps.size() && between.size() <= MOST_BETWEEN; i++) {
            Draft next = run.narrowed(steps.get(i));
            if (next.node().phase() != first.node().phase()) {
                break;
            }
            boolean joins = isOfRows(next)
                    && rows(next.kernel()) == run.rows
                    && (next.kernel() instanceof LaneReduction || run.isRead(next))
                    && run.suits(next)
                    && between.stream().noneMatch(step -> conflicts(step, next));
            if (joins) {
                run.between.addAll(between.subList(run.between.size(), between.size()));
                run.add(next);
            } else if (run.steps.stream().anyMatch(step -> conflicts(step, next))) {
                break;
            } else {
                between.add(steps.get(i));
            }
        }
        return run;
    }

    private Draft fused(Run run) {
        Draft last = run.steps.get(run.steps.size() - 1);
        int block = block(run.rows);
        run.operands.set(RowPasses.LANES, planner.local(block * Layout.LANES));
        RowPasses kernel = new RowPasses(
                run.rows,
                block,
                run.passes,
                run.rowStrides,
                run.operands.stream().map(BufferView::sampleStride).toList());
        List<Node> nodes = run.steps.stream()
                .flatMap(step -> step.nodes().stream())
                .distinct()
                .toList();
        planner.decide(
                Topic.ROWS,
                last.node(),
                "blocks of " + block + " rows for " + run.steps.size() + " passes",
                "What a pass computes of a block is in the cache when the next reads it, and while one row's sum waits"
                        + " another's goes on.");
        List<String> comments = run.steps.stream().map(Draft::comment).toList();
        return new Draft(
                last.name(),
                String.join(", ", comments),
                kernel,
                "",
                run.operands,
                StepPlanner.perSample(kernel.blocks()),
                nodes,
                false);
    }

    private void decideOnLongRows(Draft step) {
        if (step.kernel() instanceof LaneReduction && rows(step.kernel()) > 1 && elements(step) > LONGEST_ROW) {
            planner.decide(
                    Topic.ROWS,
                    step.node(),
                    "all rows, pass by pass",
                    "Rows are longer than " + LONGEST_ROW
                            + " elements: waiting for a sum is a small part of the time, and"
                            + " passes over all rows read memory more evenly.");
        }
    }

    private static int block(int rows) {
        return IntStream.iterate(MOST_ROWS, block -> block >= FEWEST_ROWS, block -> block - 1)
                .filter(block -> rows % block == 0)
                .findFirst()
                .orElse(Math.min(MOST_ROWS, rows));
    }

    /** Whether a row of steps may begin with one: with others there is nothing to gain. */
    private static boolean combines(Draft step) {
        return isOfRows(step) && step.kernel() instanceof LaneReduction;
    }

    private static boolean isOfRows(Draft step) {
        return step.work().unit() == Unit.SAMPLE
                && step.operands().get(0).batched()
                && !step.isRestoring()
                && rows(step.kernel()) > 0
                && elements(step) <= LONGEST_ROW
                && RowPasses.length(step.kernel()) <= LONGEST
                && step.nodes().stream().noneMatch(RowFusion::isApart);
    }

    /** Of a row. */
    private static int elements(Draft step) {
        return within(step.kernel()).stream().mapToInt(Loop::count).reduce(1, Math::multiplyExact);
    }

    /** Whether a node's steps touch more than one sample's rows, or not rows as they lie. */
    private static boolean isApart(Node node) {
        Primitive anchor = Primitive.Fused.anchor(node);
        return ReductionRuns.isOverBatch(node) || Primitive.readsCaller(anchor) || Primitive.takesSection(anchor);
    }

    /** How many rows a kernel goes through; 0 where it is none that goes by rows. */
    private static int rows(Kernel kernel) {
        List<Loop> loops = rowLoops(kernel);
        return loops.isEmpty() ? 0 : loops.get(0).count();
    }

    /** The loop over rows and those within. */
    private static List<Loop> rowLoops(Kernel kernel) {
        if (kernel instanceof LaneReduction sum && sum.kept().loops().size() == 1) {
            return sum.kept().and(sum.reduced()).loops();
        } else if (kernel instanceof Kernel.Elementwise map && !map.accumulate()) {
            List<Loop> loops = RowPasses.joined(map).loops();
            return loops.size() <= 2 ? loops : List.of();
        }
        return List.of();
    }

    private static List<Loop> within(Kernel kernel) {
        return rowLoops(kernel).subList(1, rowLoops(kernel).size());
    }

    private static int rowStride(Kernel kernel, int operand) {
        return rowLoops(kernel).get(0).stride(operand);
    }

    /** Whether one of two steps writes what the other touches. */
    private static boolean conflicts(Draft one, Draft other) {
        return writes(one, other) || writes(other, one);
    }

    private static boolean writes(Draft one, Draft other) {
        return one.writes()
                .filter(view -> view.array() != Array.LOCAL)
                .anyMatch(view -> other.operands().stream().anyMatch(read -> meets(view, read)));
    }

    /** Of arrays whose order is known from the start, any two may meet. */
    private static boolean meets(BufferView one, BufferView other) {
        boolean assigned = one.array() == Array.ARENA || one.array() == Array.SCRATCH;
        return one.array() == other.array() && (!assigned || one.buffer().equals(other.buffer()));
    }
}
