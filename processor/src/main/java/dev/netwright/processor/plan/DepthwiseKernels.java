package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.DepthwiseWeightGradient.Pixels;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;

/** Convolutions of each channel by itself: lanes are channels, and weights lie as [tap][channel]. */
final class DepthwiseKernels extends AnchorKernels implements ConvolutionPlanner {
    DepthwiseKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    @Override
    public void forward(Convolution convolution) {
        BufferView x = innermost(view(input(0)));
        BufferView y = view(result());
        Shape weight = input(1).shape();
        Layout in = x.layout();
        boolean biased = fused.anchorInputs() > 2;
        Kernel kernel = new Depthwise(
                result().shape().size(1),
                result().shape().size(2),
                parameters.weights(input(1)).width(),
                taps(weight, Layout.ascending(weight.size(2)), Layout.ascending(weight.size(3))),
                new Strides(
                        x.sampleStride(),
                        0,
                        List.of(convolution.stride().rows() * in.axis(1).stride()),
                        convolution.stride().columns() * in.axis(2).stride()),
                convolution.dilation().rows() * in.axis(1).stride(),
                convolution.dilation().columns() * in.axis(2).stride(),
                biased,
                store(y, view -> strides(view, 1, 1)));
        List<BufferView> operands = new ArrayList<>();
        operands.add(x.shifted(new ConvolutionTiles(convolution).forwardStart(in)));
        operands.add(view(input(1)));
        if (biased) {
            operands.add(view(input(2)));
        }
        operands.add(y);
        operands.addAll(furtherViews());
        step(suffix(), kernel, operands, new Work(Unit.SAMPLE, result().shape().size(1)));
    }

    @Override
    public void inputGradient(Convolution convolution) {
        BufferView gradient = innermost(view(input(0)));
        BufferView to = view(result());
        Shape weight = input(1).shape();
        Layout from = gradient.layout();
        int rowStride = convolution.stride().rows();
        int columnStride = convolution.stride().columns();
        boolean biased = fused.anchorInputs() > 2;
        List<Phase> phases = new ConvolutionTiles(convolution).phases(result().shape(), weight);
        int index = 0;
        for (Phase phase : phases) {
            Kernel kernel = new Depthwise(
                    phase.rows().inputs(),
                    phase.columns().inputs(),
                    parameters.weights(input(1)).width(),
                    taps(weight, phase.rows().taps(), phase.columns().taps()),
                    new Strides(
                            gradient.sampleStride(),
                            0,
                            List.of(from.axis(1).stride()),
                            from.axis(2).stride()),
                    phase.rows().step() * from.axis(1).stride(),
                    phase.columns().step() * from.axis(2).stride(),
                    biased,
                    store(to, view -> strides(view, rowStride, columnStride)));
            List<BufferView> operands = new ArrayList<>(
                    List.of(gradient.shifted(ConvolutionTiles.backwardStart(phase, from)), view(input(1))));
            if (biased) {
                operands.add(view(input(2)));
            }
            operands.add(phase.begin(to));
            furtherViews().forEach(further -> operands.add(phase.begin(further)));
            step(
                    phases.size() == 1 ? suffix() : suffix() + "Phase" + index++,
                    kernel,
                    operands,
                    new Work(Unit.SAMPLE, phase.rows().inputs()));
        }
    }

    @Override
    public void weightGradient(Convolution convolution) {
        BufferView x = innermost(view(input(0)));
        BufferView gradient = new WeightGradientOperands(planner, node).vectors();
        Shape weight = node.output().shape();
        Layout in = x.layout();
        Layout out = gradient.layout();
        DepthwiseWeightGradient kernel = new DepthwiseWeightGradient(
                input(1).shape().size(1),
                input(1).shape().size(2),
                weights(node.output()).width(),
                weight.size(2),
                weight.size(3),
                new Pixels(
                        x.sampleStride(),
                        convolution.stride().rows() * in.axis(1).stride(),
                        convolution.stride().columns() * in.axis(2).stride()),
                new Pixels(
                        gradient.sampleStride(),
                        out.axis(1).stride(),
                        out.axis(2).stride()),
                convolution.dilation().rows() * in.axis(1).stride(),
                convolution.dilation().columns() * in.axis(2).stride(),
                weights(node.output()).width());
        step(
                "WeightGradient",
                kernel,
                List.of(
                        x.shifted(new ConvolutionTiles(convolution).forwardStart(in)),
                        gradient,
                        planner.buffers().gradient(node.output())),
                new Work(Unit.STEP, kernel.units()));
    }

    /** Offsets of weights, for some of the taps. */
    private static List<List<Integer>> taps(Shape weight, List<Integer> rows, List<Integer> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        int width = Layout.roundUp(weight.size(0));
        return rows.stream()
                .map(row -> columns.stream()
                        .map(column -> (row * weight.size(3) + column) * width)
                        .toList())
                .toList();
    }

    private static Strides strides(BufferView view, int rowStep, int columnStep) {
        Layout layout = view.layout();
        return view.batched()
                ? new Strides(
                        view.sampleStride(),
                        0,
                        List.of(rowStep * layout.axis(1).stride()),
                        columnStep * layout.axis(2).stride())
                : new Strides(0, 0, List.of(0), 0);
    }

    private static BufferView innermost(BufferView view) {
        if (view.layout().axis(0).extent() > 1 && view.layout().axis(0).stride() != 1) {
            throw new IllegalStateException("channels of " + view + " are not innermost");
        }
        return view;
    }
}
