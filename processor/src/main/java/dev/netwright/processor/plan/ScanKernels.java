package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Decision.Topic;
import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Recurrence;
import dev.netwright.processor.graph.Recurrence.Action;
import dev.netwright.processor.graph.Recurrence.Assign;
import dev.netwright.processor.graph.Recurrence.Multiply;
import dev.netwright.processor.graph.Recurrence.Part;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.ScanChain.Elements;
import dev.netwright.processor.plan.ScanKernel.Argument;
import dev.netwright.processor.plan.ScanKernel.Call;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Loops over time: products in register tiles with samples as columns, and elements between them. */
final class ScanKernels {
    private final StepPlanner planner;
    private final Node node;
    private final Recurrence recurrence;
    private final List<BufferView> operands = new ArrayList<>();
    /** Weights by which gradients flow back, by the number of the input; they are operands behind the inputs. */
    private final Map<Integer, TransposedWeight> transposed = new LinkedHashMap<>();

    ScanKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
        this.recurrence = ((Primitive.Scan) node.operator()).recurrence();
    }

    /** How the weights of a loop's products are stored: a step's features lie in their own order. */
    static Map<Value, Weights> weights(Node node) {
        Map<Value, Weights> weights = new LinkedHashMap<>();
        if (node.operator() instanceof Primitive.Scan scan) {
            scan.recurrence().products().forEach(product -> {
                Value weight = node.inputs().get(product.weight());
                Layout row = Layout.vector(weight.shape().size(1));
                weights.put(weight, Weights.ofProduct(row, weight.shape()));
            });
        }
        return weights;
    }

    void plan() {
        planner.decide(
                Topic.KERNEL,
                "a loop over " + recurrence.steps() + " steps",
                "What a step makes of some samples stays in the cache for the next, and the code is as long for any"
                        + " number of steps.");
        int inputs = node.inputs().size();
        node.inputs().forEach(value -> operands.add(planner.buffers().of(value)));
        recurrence.products().filter(Multiply::transposed).map(Multiply::weight).forEach(this::transpose);
        transposed.values().forEach(weight -> operands.add(weight.view()));
        int given = operands.size();
        node.outputs().forEach(value -> operands.add(planner.buffers().of(value)));
        List<Call> before = calls(recurrence.before(), given - inputs);
        List<Call> body = calls(recurrence.body(), given - inputs);
        Kernel kernel = new ScanKernel(
                recurrence.steps(),
                recurrence.descending(),
                before,
                body,
                given,
                node.outputs().size());
        Value first = node.outputs().get(0);
        String comment = recurrence.steps() + " steps, "
                + (recurrence.descending() ? "from the last to the first" : "in order") + ", to " + first.label();
        planner.step(Planner.suffix(node), comment, kernel, operands, new Work(Unit.GROUP, 1));
    }

    private void transpose(int number) {
        transposed.computeIfAbsent(
                number, any -> TransposedWeight.of(planner, node.inputs().get(number)));
    }

    /** The operand that a product is by. */
    private int weight(Multiply product) {
        return product.transposed()
                ? node.inputs().size() + List.copyOf(transposed.keySet()).indexOf(product.weight())
                : product.weight();
    }

    private List<Call> calls(List<Action> actions, int shift) {
        List<Call> calls = new ArrayList<>();
        ScanChain chain = new ScanChain();
        List<Action> chained = new ArrayList<>();
        for (Action action : actions) {
            Elements next = action instanceof Assign assign ? elements(assign, shift) : null;
            if (!chain.isEmpty() && (next == null || !chain.add(next))) {
                calls.add(call(chain, chained));
                chain = new ScanChain();
                chained.clear();
            }
            if (next == null) {
                calls.add(product((Multiply) action, shift));
                continue;
            }
            if (chain.isEmpty()) {
                chain.add(next);
            }
            chained.add(action);
        }
        if (!chain.isEmpty()) {
            calls.add(call(chain, chained));
        }
        return calls;
    }

    private Call call(ScanChain chain, List<Action> chained) {
        List<Action> others =
                recurrence.actions().filter(action -> !chained.contains(action)).toList();
        return chain.call(number -> {
            Value value = Recurrence.value(node, number);
            return !planner.graph().consumers(value).isEmpty()
                    || planner.graph().read().contains(value)
                    || others.stream().flatMap(Action::read).anyMatch(part -> part.value() == number);
        });
    }

    private Elements elements(Assign assign, int shift) {
        List<Part> parts = new ArrayList<>(List.of(assign.to()));
        parts.addAll(assign.arguments());
        int size = assign.to().size();
        boolean wide = parts.stream().allMatch(part -> part.size() == 1 && size > 1 || isWhole(part));
        return new Elements(
                assign.name(),
                assign.formula().value(),
                wide && size > 1 ? Layout.roundUp(size) : size,
                parts.stream()
                        .map(part -> new ScanChain.Operand(
                                part,
                                part.size() == 1 && size > 1
                                        ? 0
                                        : features(part).stride(),
                                view(part).sampleStride(),
                                argument(part, shift, 0)))
                        .toList());
    }

    private Call product(Multiply product, int shift) {
        Weights weights = planner.parameters().weights(node.inputs().get(product.weight()));
        Part x = product.x();
        Passes passes = product.transposed() ? transposed.get(product.weight()).passes() : weights.passes();
        Strides b = product.transposed() ? transposed.get(product.weight()).strides(1) : weights.strides(List.of(0), 0);
        int features = x.size();
        boolean biased = product.bias() != Multiply.NONE;
        // one to begin with costs no bytecodes of the epilogue, of which C1 takes so many and no more
        boolean starts = !biased && !product.addends().isEmpty();
        List<Part> first = product.addends().subList(0, starts ? 1 : 0);
        List<Part> further =
                product.addends().subList(first.size(), product.addends().size());
        Sum loops = new Sum(
                new SumLoops().add(features, features(x).stride(), Layout.LANES).joined(),
                new Strides(0, 0, List.of(0), view(x).sampleStride()),
                b,
                biased);
        Expr sum = Expr.arg(0);
        for (int i = 0; i < further.size(); i++) {
            sum = sum.plus(Expr.arg(i + 1));
        }
        List<Strides> added =
                further.stream().map(part -> columns(part, passes)).toList();
        Tile tile = new Tile(
                new Extent(List.of(1), 0, passes),
                Samples.COLUMNS,
                starts ? loops.startingAt(columns(first.get(0), passes)) : loops,
                Store.of(columns(product.to(), passes), new Epilogue(sum, null, added)));
        List<Argument> arguments = new ArrayList<>();
        arguments.add(argument(x, shift));
        arguments.add(new Argument(weight(product), 0, 0, 0));
        if (biased) {
            arguments.add(new Argument(product.bias(), 0, 0, 0));
        }
        first.forEach(part -> arguments.add(argument(part, shift)));
        arguments.add(argument(product.to(), shift));
        further.forEach(part -> arguments.add(argument(part, shift)));
        return new Call(product.name(), tile, arguments);
    }

    private Strides columns(Part part, Passes passes) {
        return new Strides(0, passes.width(), List.of(0), view(part).sampleStride());
    }

    /** The first of some samples. */
    private Argument argument(Part part, int shift) {
        return argument(part, shift, view(part).sampleStride());
    }

    private Argument argument(Part part, int shift, int sample) {
        Layout layout = view(part).layout();
        int operand = part.value() < node.inputs().size() ? part.value() : part.value() + shift;
        int row = layout.dimensions().size() == 2 ? layout.axis(0).stride() : 0;
        int step = row == 0 || value(part).shape().size(0) == 1 ? 0 : row;
        return new Argument(
                operand, part.row() * row + part.from() * features(part).stride(), step, sample);
    }

    private boolean isWhole(Part part) {
        Layout layout = view(part).layout();
        return part.from() == 0
                && part.size() == value(part).shape().size(value(part).shape().rank() - 1)
                && layout.hasVectors(layout.dimensions().size() - 1);
    }

    private Axis features(Part part) {
        Layout layout = view(part).layout();
        return layout.axis(layout.dimensions().size() - 1);
    }

    private Value value(Part part) {
        return Recurrence.value(node, part.value());
    }

    private BufferView view(Part part) {
        return planner.buffers().of(value(part));
    }
}
