package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.ConvolutionTiles.Residue;
import dev.netwright.processor.plan.DepthwiseWeightGradient.Pixels;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

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
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        Depthwise kernel = new Depthwise(
                tiles.lineOutputs(),
                convolution.columns().output(),
                parameters.weights(input(1)).width(),
                tapLines(
                        convolution,
                        convolution.lines().stream()
                                .map(window -> Layout.ascending(window.kernel()))
                                .toList(),
                        tiles.lines(in, Window::dilation)),
                taps(
                        convolution,
                        convolution.lines().stream().map(window -> 0).toList(),
                        Layout.ascending(convolution.columns().kernel())),
                new Strides(
                        x.sampleStride(),
                        0,
                        tiles.lines(in, Window::stride),
                        convolution.columns().stride() * in.columns().stride()),
                convolution.columns().dilation() * in.columns().stride(),
                biased,
                store(y, view -> strides(view, tiles, window -> 1, 1)));
        List<BufferView> operands = new ArrayList<>();
        operands.add(x.shifted(tiles.forwardStart(in)));
        operands.add(view(input(1)));
        if (biased) {
            operands.add(view(input(2)));
        }
        operands.add(y);
        operands.addAll(furtherViews());
        step(suffix(), kernel, operands, new Work(Unit.SAMPLE, kernel.rows()));
    }

    @Override
    public void inputGradient(Convolution convolution) {
        BufferView gradient = innermost(view(input(0)));
        BufferView to = view(result());
        Shape weight = input(1).shape();
        Layout from = gradient.layout();
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        int columnStride = convolution.columns().stride();
        boolean biased = fused.anchorInputs() > 2;
        List<Phase> phases = tiles.phases(weight.size(0));
        int index = 0;
        for (Phase phase : phases) {
            List<Integer> steps = new ArrayList<>();
            for (int i = 0; i < phase.lines().size(); i++) {
                steps.add(phase.lines().get(i).step() * from.lines().get(i).stride());
            }
            Depthwise kernel = new Depthwise(
                    phase.lineInputs(),
                    phase.columns().inputs(),
                    parameters.weights(input(1)).width(),
                    phase.taps() == 0
                            ? List.of(new SumLoop(0, 0, 0))
                            : tapLines(
                                    convolution,
                                    phase.lines().stream().map(Residue::taps).toList(),
                                    steps),
                    phase.taps() == 0
                            ? List.of()
                            : taps(
                                    convolution,
                                    phase.lines().stream()
                                            .map(line -> line.taps().get(0))
                                            .toList(),
                                    phase.columns().taps()),
                    new Strides(
                            gradient.sampleStride(),
                            0,
                            tiles.lines(from, window -> 1),
                            from.columns().stride()),
                    phase.columns().step() * from.columns().stride(),
                    biased,
                    store(to, view -> strides(view, tiles, Window::stride, columnStride)));
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
                    new Work(Unit.SAMPLE, kernel.rows()));
        }
    }

    @Override
    public void weightGradient(Convolution convolution) {
        BufferView x = innermost(view(input(0)));
        BufferView gradient = new WeightGradientOperands(planner, node).vectors();
        Shape weight = node.output().shape();
        Layout in = x.layout();
        Layout out = gradient.layout();
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        DepthwiseWeightGradient kernel = new DepthwiseWeightGradient(
                tiles.lineOutputs(),
                convolution.columns().output(),
                weights(node.output()).width(),
                convolution.lines().stream().map(Window::kernel).toList(),
                convolution.columns().kernel(),
                new Pixels(
                        x.sampleStride(),
                        tiles.lines(in, Window::stride),
                        convolution.columns().stride() * in.columns().stride()),
                new Pixels(
                        gradient.sampleStride(),
                        tiles.lines(out, window -> 1),
                        out.columns().stride()),
                tiles.lines(in, Window::dilation),
                convolution.columns().dilation() * in.columns().stride(),
                weights(node.output()).width());
        step(
                weightSuffix(),
                kernel,
                List.of(
                        x.shifted(tiles.forwardStart(in)),
                        gradient,
                        planner.buffers().gradient(node.output())),
                new Work(Unit.STEP, kernel.units()));
    }

    /**
     * The lines of some taps, which are evenly apart along each axis.
     *
     * @param steps of the input from one to the next
     */
    private List<SumLoop> tapLines(Convolution convolution, List<List<Integer>> taps, List<Integer> steps) {
        int line = convolution.taps() * parameters.weights(input(1)).width();
        List<SumLoop> loops = new ArrayList<>();
        for (int i = 0; i < taps.size(); i++) {
            List<Integer> along = taps.get(i);
            line /= convolution.lines().get(i).kernel();
            int apart = along.size() > 1 ? along.get(1) - along.get(0) : 0;
            loops.add(new SumLoop(along.size(), steps.get(i), apart * line));
        }
        return loops;
    }

    /** Offsets of the weights of some taps of a line. */
    private List<Integer> taps(Convolution convolution, List<Integer> line, List<Integer> columns) {
        int width = parameters.weights(input(1)).width();
        int row = new ConvolutionTiles(convolution).line(line)
                * convolution.columns().kernel();
        return columns.stream().map(column -> (row + column) * width).toList();
    }

    private Strides strides(BufferView view, ConvolutionTiles tiles, ToIntFunction<Window> lineSteps, int columnStep) {
        Layout layout = view.layout();
        return view.batched()
                ? new Strides(
                        view.sampleStride(),
                        0,
                        tiles.lines(layout, lineSteps),
                        columnStep * layout.columns().stride())
                : still(0);
    }

    private static BufferView innermost(BufferView view) {
        if (view.layout().axis(0).extent() > 1 && view.layout().axis(0).stride() != 1) {
            throw new IllegalStateException("channels of " + view + " are not innermost");
        }
        return view;
    }
}
