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
                convolution.rows().output(),
                convolution.columns().output(),
                parameters.weights(input(1)).width(),
                taps(
                        convolution,
                        Layout.ascending(convolution.rows().kernel()),
                        Layout.ascending(convolution.columns().kernel())),
                new Strides(
                        x.sampleStride(),
                        0,
                        List.of(convolution.rows().stride() * in.rows().stride()),
                        convolution.columns().stride() * in.columns().stride()),
                convolution.rows().dilation() * in.rows().stride(),
                convolution.columns().dilation() * in.columns().stride(),
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
        step(
                suffix(),
                kernel,
                operands,
                new Work(Unit.SAMPLE, convolution.rows().output()));
    }

    @Override
    public void inputGradient(Convolution convolution) {
        BufferView gradient = innermost(view(input(0)));
        BufferView to = view(result());
        Shape weight = input(1).shape();
        Layout from = gradient.layout();
        int rowStride = convolution.rows().stride();
        int columnStride = convolution.columns().stride();
        boolean biased = fused.anchorInputs() > 2;
        List<Phase> phases = new ConvolutionTiles(convolution).phases(weight.size(0));
        int index = 0;
        for (Phase phase : phases) {
            Kernel kernel = new Depthwise(
                    phase.rows().inputs(),
                    phase.columns().inputs(),
                    parameters.weights(input(1)).width(),
                    taps(convolution, phase.rows().taps(), phase.columns().taps()),
                    new Strides(
                            gradient.sampleStride(),
                            0,
                            List.of(from.rows().stride()),
                            from.columns().stride()),
                    phase.rows().step() * from.rows().stride(),
                    phase.columns().step() * from.columns().stride(),
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
                convolution.rows().output(),
                convolution.columns().output(),
                weights(node.output()).width(),
                convolution.rows().kernel(),
                convolution.columns().kernel(),
                new Pixels(
                        x.sampleStride(),
                        convolution.rows().stride() * in.rows().stride(),
                        convolution.columns().stride() * in.columns().stride()),
                new Pixels(
                        gradient.sampleStride(),
                        out.rows().stride(),
                        out.columns().stride()),
                convolution.rows().dilation() * in.rows().stride(),
                convolution.columns().dilation() * in.columns().stride(),
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
    private List<List<Integer>> taps(Convolution convolution, List<Integer> rows, List<Integer> columns) {
        if (columns.isEmpty()) {
            return List.of();
        }
        int width = parameters.weights(input(1)).width();
        return rows.stream()
                .map(row -> columns.stream()
                        .map(column -> (row * convolution.columns().kernel() + column) * width)
                        .toList())
                .toList();
    }

    private static Strides strides(BufferView view, int rowStep, int columnStep) {
        Layout layout = view.layout();
        return view.batched()
                ? new Strides(
                        view.sampleStride(),
                        0,
                        List.of(rowStep * layout.rows().stride()),
                        columnStep * layout.columns().stride())
                : new Strides(0, 0, List.of(0), 0);
    }

    private static BufferView innermost(BufferView view) {
        if (view.layout().axis(0).extent() > 1 && view.layout().axis(0).stride() != 1) {
            throw new IllegalStateException("channels of " + view + " are not innermost");
        }
        return view;
    }
}
