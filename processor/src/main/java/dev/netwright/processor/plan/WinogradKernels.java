package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.graph.WinogradForm.Matrix;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import dev.netwright.processor.plan.Tile.Extent;
import dev.netwright.processor.plan.Tile.Samples;
import dev.netwright.processor.plan.Tile.Sum;
import dev.netwright.processor.plan.WinogradKernel.Steps;
import java.util.ArrayList;
import java.util.List;

/** Convolutions, and their input gradients, by Winograd's algorithm. */
final class WinogradKernels extends ConvolutionKernels {
    /** Floats of a page: what lies so far apart is in one set of the first cache. */
    private static final int ALIASED = 1024;

    private final WinogradTiling tiling;
    private final WinogradForm form;

    WinogradKernels(StepPlanner planner, Node node, WinogradTiling tiling) {
        super(planner, node);
        this.tiling = tiling;
        this.form = tiling.form();
    }

    /**
     * Floats from one point's part to the next: not a multiple of 4096 bytes, or all points of a tile fall into one set of
     * the cache, which holds eight of 36. On Zen 3, with 16 floats between, the transforms of 256 channels at 14 x 14 take
     * 37 and 29 us instead of 141 and 80.
     */
    private static int apart(int floats) {
        return floats % ALIASED == 0 ? Math.addExact(floats, Layout.LANES) : floats;
    }

    /** Floats of all tiles' channels at one point. */
    private static int part(int tiles, int channels) {
        return apart(Math.multiplyExact(tiles, channels));
    }

    static boolean isWeightGradient(Node node) {
        return Primitive.Fused.anchor(node) instanceof Primitive.ConvolveWeightGradient;
    }

    @Override
    public void forward(Convolution convolution) {
        Weights weights = parameters.weights(input(1));
        int inputs = input(1).shape().size(1);
        BufferView transformed = transformWeights(view(input(1)), inputs, weights.blocks());
        convolve(
                view(input(0)),
                convolution.rows().before(),
                convolution.columns().before(),
                inputs,
                transformed,
                Passes.of(weights.outputs(), Weights.PRODUCT),
                bias());
    }

    private BufferView bias() {
        return fused.anchorInputs() > 2 ? view(input(2)) : null;
    }

    @Override
    public void inputGradient(Convolution convolution) {
        BufferView gradient = view(input(0));
        int outputs = input(1).shape().size(0);
        int channels = input(1).shape().size(1);
        BufferView flipped = transpose(convolution);
        BufferView transformed = transformWeights(flipped, outputs, Layout.roundUp(channels) / Layout.LANES);
        int taps = form.taps() - 1;
        convolve(
                gradient,
                taps - convolution.rows().before(),
                taps - convolution.columns().before(),
                outputs,
                transformed,
                Passes.of(channels, Weights.PRODUCT),
                bias());
    }

    /**
     * The gradient is the weights, and the weights are the results, of a convolution: at each point the products of
     * inputs and gradients are summed over all tiles of all samples.
     */
    @Override
    public void weightGradient(Convolution convolution) {
        BufferView x = view(input(0));
        BufferView gradient = view(input(1));
        BufferView to = planner.buffers().gradient(node.output());
        Weights weights = weights(node.output());
        int inputs = node.output().shape().size(1);
        int lanes = Layout.roundUp(inputs);
        int outputs = weights.blocks() * weights.width();
        int width = weights.width();
        int pass = weights.pass();
        int block = inputs * width;
        int point = part(tiling.tiles(), lanes);
        int sum = part(tiling.tiles(), outputs);
        int result = apart(weights.blocks() * block);
        BufferView points = planner.perSample(points(point));
        BufferView sums = planner.perSample(points(sum));
        BufferView products = planner.scratch(points(result));
        BufferView local = planner.local(passes());
        Work perRow = new Work(Unit.SAMPLE, tiling.rows());
        step(
                "WeightGradientInputs",
                tiles(Matrix.INPUT, x, lanes),
                List.of(points, x.shifted(new ConvolutionTiles(convolution).forwardStart(x.layout())), local),
                perRow);
        step("WeightGradientOutputs", tiles(Matrix.WEIGHTS, gradient, outputs), List.of(sums, gradient, local), perRow);
        int parts = (inputs + Planner.GROUP - 1) / Planner.GROUP;
        Tile product = new Tile(
                new Extent(List.of(form.points()), inputs, weights.passes()),
                Samples.SUMMED,
                new Sum(
                        List.of(new SumLoop(tiling.tiles(), lanes, outputs)),
                        new Strides(points.sampleStride(), 0, List.of(point), 1),
                        new Strides(sums.sampleStride(), pass, List.of(sum), 0),
                        false),
                Store.of(Weights.strides(block, pass, List.of(result), width), Epilogue.NONE));
        step(
                "WeightGradientProducts",
                product,
                List.of(points, sums, products),
                new Work(Unit.STEP, weights.passes().count() * form.points() * parts));
        int taps = form.outputs();
        WinogradKernel.Transform back = new WinogradKernel.Transform(
                form,
                Matrix.OUTPUT,
                inputs,
                inputs,
                1,
                width,
                new Steps(block, width, 0),
                form.size() * result,
                result,
                new Steps(taps * taps * block, width, 0),
                taps * block,
                block,
                true);
        step(weightSuffix(), back, List.of(to, products, local), new Work(Unit.STEP, weights.blocks() * inputs));
    }

    /** All tiles of a value, without a border before it, to points. */
    private WinogradKernel.Transform tiles(Matrix matrix, BufferView value, int lanes) {
        int row = value.layout().axis(1).stride();
        int column = value.layout().axis(2).stride();
        int step = form.taps();
        int point = part(tiling.tiles(), lanes);
        return new WinogradKernel.Transform(
                form,
                matrix,
                tiling.rows(),
                tiling.rows(),
                tiling.columns(),
                lanes,
                new Steps(value.sampleStride(), step * row, step * column),
                row,
                column,
                new Steps(form.points() * point, tiling.columns() * lanes, lanes),
                form.size() * point,
                point,
                false);
    }

    private BufferView transformWeights(BufferView weights, int inputs, int blocks) {
        int block = Math.multiplyExact(inputs, Layout.LANES);
        int point = apart(Math.multiplyExact(blocks, block));
        BufferView transformed = planner.prepared(points(point));
        WinogradKernel.Transform transform = new WinogradKernel.Transform(
                form,
                Matrix.WEIGHTS,
                inputs,
                inputs,
                1,
                Layout.LANES,
                new Steps(form.taps() * form.taps() * block, Layout.LANES, 0),
                form.taps() * block,
                block,
                new Steps(block, Layout.LANES, 0),
                form.size() * point,
                point,
                false);
        planner.step(
                "WeightsTransformed",
                input(1).name() + " for " + form,
                transform,
                List.of(transformed, weights, planner.local(passes())),
                new Work(Unit.STEP, blocks * inputs));
        return transformed;
    }

    /** The parts of all points. */
    private Layout points(int part) {
        return Layout.vector(Math.multiplyExact(form.points(), part));
    }

    /** Floats between the two passes of a transform. */
    private int passes() {
        return form.points() * Layout.LANES;
    }

    private void convolve(
            BufferView x,
            int beforeRows,
            int beforeColumns,
            int inputs,
            BufferView weights,
            Passes lanesOfTiles,
            BufferView bias) {
        Value result = result();
        BufferView y = view(result);
        int lanes = Layout.roundUp(inputs);
        int outputs = Layout.roundUp(result.shape().size(0));
        int tiles = tiling.blockRows() * tiling.columns();
        boolean blocked = tiling.isBlocked();
        int point = part(tiles, lanes);
        int sum = part(tiles, outputs);
        int pointSize = points(point).size();
        int sumSize = points(sum).size();
        int row = x.layout().axis(1).stride();
        int column = x.layout().axis(2).stride();
        WinogradKernel.Transform transform = new WinogradKernel.Transform(
                form,
                Matrix.INPUT,
                tiling.rows(),
                tiling.blockRows(),
                tiling.columns(),
                lanes,
                new Steps(x.sampleStride(), form.outputs() * row, form.outputs() * column),
                row,
                column,
                new Steps(blocked ? 0 : pointSize, tiling.columns() * lanes, lanes),
                form.size() * point,
                point,
                false);
        Tile products = products(tiles, inputs, lanes, lanesOfTiles, blocked, pointSize, sumSize);
        WinogradKernel.Output output = output(y, bias != null, tiles, outputs, blocked ? 0 : sumSize);
        BufferView start = x.shifted(-beforeRows * row - beforeColumns * column);
        List<BufferView> results = new ArrayList<>(List.of(y));
        List<BufferView> rest = new ArrayList<>(furtherViews());
        if (output.store().pooling().storesIndex()) {
            results.add(view(node.outputs().get(1)));
        }
        if (fused.keepsAnchor()) {
            results.add(rest.remove(0));
        }
        if (bias != null) {
            rest.add(0, bias);
        }
        if (blocked) {
            WinogradKernel.Blocks blocks =
                    new WinogradKernel.Blocks(transform, products, output, passes(), passes() + pointSize);
            List<BufferView> operands = new ArrayList<>(results);
            operands.addAll(List.of(start, weights));
            operands.addAll(rest);
            operands.add(planner.local(passes() + pointSize + sumSize));
            step(suffix(), blocks, operands, new Work(Unit.SAMPLE, blocks.units()));
            return;
        }
        BufferView local = planner.local(passes());
        BufferView points = planner.perSample(points(point));
        BufferView sums = planner.perSample(points(sum));
        step(suffix() + "Transformed", transform, List.of(points, start, local), new Work(Unit.SAMPLE, tiling.rows()));
        step(suffix() + "Products", products, List.of(points, weights, sums), new Work(Unit.STEP, products.units()));
        List<BufferView> operands = new ArrayList<>(results);
        operands.add(sums);
        operands.addAll(rest);
        operands.add(local);
        step(suffix(), output, operands, new Work(Unit.SAMPLE, tiling.rows()));
    }

    /** At each point, tiles times inputs by inputs times outputs; each unit takes all samples, so weights are read once. */
    private Tile products(
            int tiles, int inputs, int lanes, Passes passes, boolean blocked, int pointSize, int sumSize) {
        int outputs = passes.lanes();
        int pass = passes.width();
        return new Tile(
                new Extent(List.of(form.points()), tiles, passes),
                blocked ? Samples.SEPARATE : Samples.ACCUMULATED,
                new Sum(
                        List.of(new SumLoop(inputs, 1, Layout.LANES)),
                        new Strides(blocked ? 0 : pointSize, 0, List.of(part(tiles, lanes)), lanes),
                        Weights.strides(inputs * Layout.LANES, pass, List.of(apart(outputs * inputs)), 0),
                        false),
                Store.of(
                        new Strides(blocked ? 0 : sumSize, pass, List.of(part(tiles, outputs)), outputs),
                        Epilogue.NONE));
    }

    private WinogradKernel.Output output(BufferView y, boolean biased, int tiles, int outputs, int sample) {
        return new WinogradKernel.Output(
                form,
                tiling.rows(),
                tiling.blockRows(),
                tiling.columns(),
                outputs,
                new Steps(sample, tiling.columns() * outputs, outputs),
                part(tiles, outputs),
                biased,
                result().shape().size(1),
                result().shape().size(2),
                store(
                        y,
                        outputs,
                        layout(input(0)).axis(1).stride(),
                        layout(input(0)).axis(2).stride()));
    }
}
