package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.OperatorClass;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Finds who plans a node, and plans those of one step. */
final class NodePlanner {
    private final StepPlanner planner;
    private final Buffers buffers;
    private final ReductionKernels reductions;
    private Node node;

    NodePlanner(StepPlanner planner) {
        this.planner = planner;
        this.buffers = planner.buffers();
        this.reductions = new ReductionKernels(planner);
    }

    /** @param position of the node in the program */
    void plan(Node next, int position) {
        node = next;
        planner.begin(next);
        new ZeroKernels(planner).borders(next);
        plan(Primitive.Fused.anchor(next));
        reductions.planned(position);
    }

    private void plan(Primitive primitive) {
        if (Primitive.isView(primitive) && planner.layouts().moves(node)) {
            moved();
        } else if (Primitive.isView(primitive)
                || primitive instanceof Primitive.Table
                || primitive instanceof Primitive.ByteTable
                || primitive instanceof Primitive.UpdateStatistics) {
            return; // nothing moves, or the caller does it
        } else if (primitive instanceof Primitive.Gather) {
            new RowKernels(planner, node).gather();
        } else if (primitive instanceof Primitive.GatherGradient gradient) {
            new RowKernels(planner, node).gradient(gradient);
        } else if (Primitive.readsCaller(primitive)) {
            inputKernels(input(0)).plan(node, primitive);
        } else if (primitive instanceof Primitive.Map map) {
            map(map.expr());
        } else if (primitive instanceof Primitive.Reduce reduce) {
            reductions.plan(node, reduce);
        } else if (primitive instanceof Primitive.Accumulate) {
            accumulate();
        } else if (primitive instanceof Primitive.DivideByCount divide) {
            BufferView to = buffers.of(node.output());
            step("Mean", "", new Kernel.Divide(to.layout().size(), divide.perSample()), List.of(to, of(input(0))));
        } else if (primitive instanceof Primitive.ScaleOutputs) {
            scaleOutputs();
        } else if (primitive instanceof Primitive.Draw draw) {
            draw(draw);
        } else if (primitive instanceof Primitive.Scan) {
            new ScanKernels(planner, node).plan();
        } else if (primitive instanceof Primitive.CountLabels labels) {
            count(labels);
        } else if (primitive instanceof Primitive.CrossEntropy loss) {
            new LossKernels(planner, node).plan(loss);
        } else if (primitive instanceof Primitive.Ctc loss) {
            new LossKernels(planner, node).plan(loss);
        } else if (primitive instanceof Primitive.Pad
                || primitive instanceof Primitive.PadGradient
                || primitive instanceof Primitive.Concatenate) {
            new CopyKernels(planner, node).plan(primitive);
        } else if (primitive instanceof Primitive.MaxPool
                || primitive instanceof Primitive.AveragePool
                || primitive instanceof Primitive.MaxPoolGradient
                || primitive instanceof Primitive.AveragePoolGradient) {
            new PoolKernels(planner, node).plan(primitive);
        } else if (primitive instanceof Primitive.Custom custom) {
            operatorCall(custom.operator(), OperatorClass.FORWARD, node.inputs());
        } else if (primitive instanceof Primitive.CustomGradient gradient) {
            List<Value> inputs = node.inputs().subList(0, node.outputs().size());
            operatorCall(gradient.operator(), OperatorClass.BACKWARD, inputs);
        } else if (primitive instanceof Primitive.Resample resample) {
            new ResampleKernels(planner, node).plan(resample);
        } else {
            TileKernels.plan(planner, node);
        }
    }

    /** An input that is computed with as it is. */
    void load(Value input) {
        planner.begin(Planner.outside(input.name(), List.of(), List.of(input)));
        new ZeroKernels(planner).border(input);
        inputKernels(input).copy(of(input));
    }

    private InputKernels inputKernels(Value input) {
        return new InputKernels(planner, input, planner.graph().inputs().indexOf(input));
    }

    private void moved() {
        BufferView from = of(input(0));
        Layout view = Views.of(node, from.layout()).orElseThrow();
        Value to = node.output();
        planner.copy("Moved", from.with(view), of(to), to, to.label());
    }

    private void map(Expr expr) {
        List<Value> operands = new ArrayList<>(List.of(node.output()));
        operands.addAll(node.inputs());
        List<BufferView> views = operands.stream().map(this::of).toList();
        Nest nest = Nest.over(
                node.output().shape(), views.stream().map(BufferView::layout).toList(), 0, true);
        planner.elementwise(Planner.suffix(node, node.output()), node.output().label(), nest, expr, false, views);
    }

    private void accumulate() {
        Value value = input(0);
        BufferView to = buffers.gradient(node.output());
        BufferView from = of(value);
        // whoever goes over all gradients finds zeros beyond the elements
        Nest nest = Nest.over(value.shape(), List.of(to.layout(), from.layout()), 0, false);
        planner.elementwise(
                Planner.suffix(node, value) + "Added",
                "added to the gradient of " + node.output().name(),
                nest,
                Expr.arg(0),
                true,
                List.of(to, from));
    }

    private void scaleOutputs() {
        Weights weights = planner.parameters().weights(input(0));
        BufferView to = of(node.output());
        BufferView from = of(input(0)).with(to.layout());
        Kernel kernel = new Kernel.ScaleBlocks(weights.blocks(), weights.rows(), weights.width());
        step("Folded", node.output().name(), kernel, List.of(to, from, of(input(1))));
    }

    private void draw(Primitive.Draw draw) {
        BufferView to = of(node.output());
        Kernel kernel = new Kernel.Draw(to.layout().size(), draw.stream(), draw.sharing());
        planner.step("Drawn", "numbers from 0 to 1", kernel, List.of(to), StepPlanner.perSample(1));
    }

    private void count(Primitive.CountLabels labels) {
        Value to = node.output();
        Kernel kernel =
                new Kernel.CountLabels(to.shape().elements(), input(0).shape().elements(), labels.ended());
        planner.step(
                Planner.suffix(node, to), to.label(), kernel, List.of(of(to), of(input(0))), StepPlanner.perSample(1));
    }

    private void operatorCall(OperatorClass operator, String method, List<Value> inputs) {
        List<Value> arrays = new ArrayList<>(node.inputs());
        arrays.addAll(node.outputs());
        List<BufferView> operands = arrays.stream().map(this::of).toList();
        Kernel kernel = new OperatorCall(
                operator,
                method,
                inputs.stream().map(Value::shape).toList(),
                node.inputs().size(),
                arrays.stream().map(value -> value.shape().elements()).toList(),
                operands.stream().map(BufferView::sampleStride).toList());
        Value first = node.outputs().get(0);
        String comment = first.label() + " by " + operator.simpleName() + "." + method;
        planner.step(Planner.suffix(node, first), comment, kernel, operands, StepPlanner.perSample(1));
    }

    private void step(String suffix, String comment, Kernel kernel, List<BufferView> operands) {
        planner.step(suffix, comment, kernel, operands, StepPlanner.once());
    }

    private Value input(int index) {
        return node.inputs().get(index);
    }

    private BufferView of(Value value) {
        return buffers.of(value);
    }
}
