package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;

/** Convolutions of groups, which do not fill vectors. */
final class DirectKernels extends AnchorKernels implements ConvolutionPlanner {
    DirectKernels(ProgramPlanner planner, Node node, ParameterPlan parameters) {
        super(planner, node, parameters);
    }

    @Override
    public void forward(Convolution convolution) {
        direct(Kernel.Part.FORWARD, convolution, input(0), result());
    }

    @Override
    public void inputGradient(Convolution convolution) {
        direct(Kernel.Part.INPUT_GRADIENT, convolution, result(), input(0));
    }

    @Override
    public void weightGradient(Convolution convolution) {
        direct(Kernel.Part.WEIGHT_GRADIENT, convolution, input(0), input(1));
    }

    private void direct(Kernel.Part part, Convolution convolution, Value x, Value y) {
        Layout in = layout(x);
        Layout out = layout(y);
        Kernel kernel = new Kernel.Direct(
                part,
                convolution,
                x.shape().size(0),
                y.shape().size(0),
                axes(in, x.shape()),
                place(x).sampleStride(),
                axes(out, y.shape()),
                place(y).sampleStride(),
                part != Kernel.Part.WEIGHT_GRADIENT && node.inputs().size() > 2);
        List<Place> operands = new ArrayList<>();
        operands.add(Planner.isGradient(node.output()) ? planner.places().gradient(node.output()) : place(result()));
        node.inputs().forEach(input -> operands.add(place(input)));
        step(
                part == Kernel.Part.WEIGHT_GRADIENT ? "WeightGradient" : suffix(),
                kernel,
                operands,
                work(part, x.shape().size(0), y.shape().size(0)));
    }

    /** A unit is a channel of the result. */
    private static Work work(Kernel.Part part, int inChannels, int outChannels) {
        return switch (part) {
            case FORWARD -> new Work(Unit.SAMPLE, outChannels);
            case INPUT_GRADIENT -> new Work(Unit.SAMPLE, inChannels);
            case WEIGHT_GRADIENT -> new Work(Unit.STEP, outChannels);
        };
    }

    private static List<Axis> axes(Layout layout, Shape shape) {
        List<Axis> axes = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            axes.add(layout.axis(d));
        }
        return axes;
    }
}
