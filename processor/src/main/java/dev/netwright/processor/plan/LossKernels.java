package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import java.util.ArrayList;
import java.util.List;

/** Losses that are primitives, with their gradients where the program trains. */
final class LossKernels {
    private final StepPlanner planner;
    private final Node node;

    LossKernels(StepPlanner planner, Node node) {
        this.planner = planner;
        this.node = node;
    }

    private boolean trains() {
        return node.outputs().size() > 1;
    }

    void plan(Primitive.CrossEntropy loss) {
        Value x = node.inputs().get(0);
        Shape shape = x.shape();
        BufferView gradient = trains() ? view(node.outputs().get(1)) : view(x);
        BufferView target = view(node.inputs().get(1));
        List<BufferView> operands = new ArrayList<>(
                List.of(view(node.output()), view(x), target, view(node.inputs().get(2))));
        if (trains()) {
            operands.add(view(node.inputs().get(node.inputs().size() - 1)));
            operands.add(gradient);
        }
        List<Layout> positions = List.of(
                withoutClasses(view(x).layout()),
                withoutClasses(gradient.layout()),
                loss.probabilities() ? withoutClasses(target.layout()) : target.layout(),
                loss.perElement() ? withoutClasses(view(node.output()).layout()) : none(shape.rank() - 1));
        int[] sizes = java.util.stream.IntStream.range(1, shape.rank())
                .map(shape::size)
                .toArray();
        Nest nest = Nest.over(Shape.of(sizes), positions, 0, false);
        Kernel kernel = new ClassLoss(
                loss,
                shape.size(0),
                List.of(
                        view(x).layout().axis(0).stride(),
                        gradient.layout().axis(0).stride()),
                nest,
                List.of(
                        view(x).sampleStride(),
                        gradient.sampleStride(),
                        target.sampleStride(),
                        view(node.output()).sampleStride()),
                loss.probabilities() ? target.layout().axis(0).stride() : 0,
                trains());
        planner.step("", node.output().label() + " of " + x.label(), kernel, operands, StepPlanner.perSample(1));
    }

    void plan(Primitive.Ctc loss) {
        Value x = node.inputs().get(0);
        Value paths = node.outputs().get(1);
        boolean gradient = node.outputs().size() > 2;
        List<BufferView> operands = new ArrayList<>(List.of(view(node.outputs().get(0)), view(x)));
        operands.add(view(node.inputs().get(1)));
        operands.add(view(node.inputs().get(2)));
        operands.add(view(paths));
        if (gradient) {
            operands.add(view(node.inputs().get(3)));
            operands.add(view(node.outputs().get(2)));
        }
        List<Integer> strides = new ArrayList<>();
        for (int i : gradient ? new int[] {0, 1, 3, 4, 6} : new int[] {0, 1, 3, 4}) {
            strides.add(operands.get(i).sampleStride());
        }
        Kernel kernel = new CtcKernel(
                loss,
                x.shape().size(0),
                x.shape().size(1),
                node.inputs().get(1).shape().size(0),
                paths.shape().size(0),
                strides,
                gradient);
        planner.step(
                "", node.outputs().get(0).label() + " of " + x.label(), kernel, operands, StepPlanner.perSample(1));
    }

    private static Layout withoutClasses(Layout layout) {
        return new Layout(
                layout.dimensions().subList(1, layout.dimensions().size()), layout.offset(), layout.size(), 1);
    }

    private static Layout none(int rank) {
        return Layout.rowMajor(
                Shape.of(java.util.stream.IntStream.range(0, rank).map(d -> 1).toArray()));
    }

    private BufferView view(Value value) {
        return planner.buffers().of(value);
    }
}
