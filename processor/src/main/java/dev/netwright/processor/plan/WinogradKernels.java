package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Convolutions, and their input gradients, by Winograd's algorithm. */
final class WinogradKernels extends ConvolutionKernels {
    static final String WEIGHTS = "winograd weights";

    /** Floats of a page: what lies so far apart is in one set of the first cache. */
    private static final int ALIASED = 1024;

    private static final String POINTS = "winograd points";
    private static final String SUMS = "winograd sums";

    private final WinogradTiling tiling;
    private final WinogradForm form;

    WinogradKernels(ProgramPlanner planner, Node node, ParameterPlan parameters, WinogradTiling tiling) {
        super(planner, node, parameters);
        this.tiling = tiling;
        this.form = tiling.form();
    }

    /** Floats of a node's transformed weights. */
    static int weightsSize(Node node) {
        return Math.multiplyExact(
                WinogradTiling.of(node).form().points(),
                apart(Math.multiplyExact(summed(node), Layout.roundUp(outputs(node)))));
    }

    /**
     * Floats from one point's part to the next: not a multiple of 4096 bytes, or all points of a tile fall into one set of
     * the cache, which holds eight of 36. On Zen 3, with 16 floats between, the transforms of 256 channels at 14 x 14 take
     * 37 and 29 us instead of 141 and 80.
     */
    private static int apart(int floats) {
        return floats % ALIASED == 0 ? Math.addExact(floats, Layout.LANES) : floats;
    }

    /** Floats for each sample that a node's steps hand on to each other, by purpose. */
    static Map<String, Integer> perSample(Node node) {
        WinogradTiling tiling = WinogradTiling.of(node);
        if (tiling == null || tiling.isBlocked()) {
            return Map.of();
        }
        int points = tiling.form().points();
        Map<String, Integer> sizes = new LinkedHashMap<>();
        sizes.put(POINTS, Math.multiplyExact(points, part(tiling.tiles(), Layout.roundUp(summed(node)))));
        sizes.put(SUMS, Math.multiplyExact(points, part(tiling.tiles(), Layout.roundUp(outputs(node)))));
        return sizes;
    }

    /** Floats of all tiles' channels at one point. */
    private static int part(int tiles, int channels) {
        return apart(Math.multiplyExact(tiles, channels));
    }

    private static int summed(Node node) {
        if (isWeightGradient(node)) {
            return node.output().shape().size(1);
        }
        Shape weight = node.inputs().get(1).shape();
        return weight.size(Primitive.Fused.anchor(node) instanceof Primitive.Convolve ? 1 : 0);
    }

    static boolean isWeightGradient(Node node) {
        return Primitive.Fused.anchor(node) instanceof Primitive.ConvolveWeightGradient;
    }

    private static int outputs(Node node) {
        if (isWeightGradient(node)) {
            return node.output().shape().size(0);
        }
        return node.inputs().get(1).shape().size(Primitive.Fused.anchor(node) instanceof Primitive.Convolve ? 0 : 1);
    }

    @Override
    public void forward(Convolution convolution) {
        Weights weights = parameters.weights(input(1));
        int inputs = input(1).shape().size(1);
        Place transformed = transformWeights(place(input(1)), inputs, weights.blocks());
        convolve(
                place(input(0)),
                convolution.before().rows(),
                convolution.before().columns(),
                inputs,
                transformed,
                Weights.pass(weights.outputs(), Weights.PRODUCT),
                bias());
    }

    private Place bias() {
        return fused.anchorInputs() > 2 ? place(input(2)) : null;
    }

    @Override
    public void inputGradient(Convolution convolution) {
        Place gradient = place(input(0));
        int outputs = input(1).shape().size(0);
        int channels = input(1).shape().size(1);
        Place flipped = transpose(convolution);
        Place transformed = transformWeights(flipped, outputs, Layout.roundUp(channels) / Layout.LANES);
        int taps = form.taps() - 1;
        convolve(
                gradient,
                taps - convolution.before().rows(),
                taps - convolution.before().columns(),
                outputs,
                transformed,
                Weights.pass(channels, Weights.PRODUCT),
                bias());
    }

    /**
     * The gradient is the weights, and the weights are the results, of a convolution: at each point the products of
     * inputs and gradients are summed over all tiles of all samples.
     */
    @Override
    public void weightGradient(Convolution convolution) {
        Place x = place(input(0));
        Place gradient = place(input(1));
        Place to = planner.places().gradient(node.output());
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
        Place points = planner.arenaTemporary(POINTS, Layout.vector(form.points() * point));
        Place sums = planner.arenaTemporary(SUMS, Layout.vector(form.points() * sum));
        Place products = planner.scratch(WEIGHTS, Layout.vector(form.points() * result));
        Place local = planner.local(passes());
        Work perRow = new Work(Unit.SAMPLE, tiling.rows());
        step(
                "WeightGradientInputs",
                tiles(Matrix.INPUT, x, lanes),
                List.of(points, x.shifted(new ConvolutionTiles(convolution).forwardStart(x.layout())), local),
                perRow);
        step("WeightGradientOutputs", tiles(Matrix.WEIGHTS, gradient, outputs), List.of(sums, gradient, local), perRow);
        int parts = (inputs + Planner.GROUP - 1) / Planner.GROUP;
        Tile product = new Tile(
                new Extent(List.of(form.points()), inputs, weights.passes(), pass),
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
                new Work(Unit.STEP, weights.passes() * form.points() * parts));
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
        step("WeightGradient", back, List.of(to, products, local), new Work(Unit.STEP, weights.blocks() * inputs));
    }

    /** All tiles of a value, without a border before it, to points. */
    private WinogradKernel.Transform tiles(Matrix matrix, Place value, int lanes) {
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

    private Place transformWeights(Place weights, int inputs, int blocks) {
        int block = inputs * Layout.LANES;
        int point = apart(blocks * block);
        Place transformed = planner.prepared(WEIGHTS, Layout.vector(form.points() * point));
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

    /** Floats between the two passes of a transform. */
    private int passes() {
        return form.points() * Layout.LANES;
    }

    private void convolve(Place x, int beforeRows, int beforeColumns, int inputs, Place weights, int pass, Place bias) {
        Value result = result();
        Place y = place(result);
        int lanes = Layout.roundUp(inputs);
        int outputs = Layout.roundUp(result.shape().size(0));
        int tiles = tiling.blockRows() * tiling.columns();
        boolean blocked = tiling.isBlocked();
        int point = part(tiles, lanes);
        int sum = part(tiles, outputs);
        int pointSize = form.points() * point;
        int sumSize = form.points() * sum;
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
        Tile products = products(tiles, inputs, lanes, outputs, pass, blocked, pointSize, sumSize);
        WinogradKernel.Output output = output(y, bias != null, tiles, outputs, blocked ? 0 : sumSize);
        Place start = x.shifted(-beforeRows * row - beforeColumns * column);
        List<Place> results = new ArrayList<>(List.of(y));
        List<Place> rest = new ArrayList<>(furtherPlaces());
        if (output.store().pooling().storesIndex()) {
            results.add(place(node.outputs().get(1)));
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
            List<Place> operands = new ArrayList<>(results);
            operands.addAll(List.of(start, weights));
            operands.addAll(rest);
            operands.add(planner.local(passes() + pointSize + sumSize));
            step(suffix(), blocks, operands, new Work(Unit.SAMPLE, blocks.units()));
            return;
        }
        Place local = planner.local(passes());
        Place points = planner.arenaTemporary(POINTS, Layout.vector(pointSize));
        Place sums = planner.arenaTemporary(SUMS, Layout.vector(sumSize));
        step(suffix() + "Transformed", transform, List.of(points, start, local), new Work(Unit.SAMPLE, tiling.rows()));
        step(
                suffix() + "Products",
                products,
                List.of(points, weights, sums),
                new Work(Unit.STEP, products.rows() * products.blocks()));
        List<Place> operands = new ArrayList<>(results);
        operands.add(sums);
        operands.addAll(rest);
        operands.add(local);
        step(suffix(), output, operands, new Work(Unit.SAMPLE, tiling.rows()));
    }

    /** At each point, tiles times inputs by inputs times outputs; each unit takes all samples, so weights are read once. */
    private Tile products(
            int tiles, int inputs, int lanes, int outputs, int pass, boolean blocked, int pointSize, int sumSize) {
        return new Tile(
                new Extent(List.of(form.points()), tiles, outputs / pass, pass),
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

    private WinogradKernel.Output output(Place y, boolean biased, int tiles, int outputs, int sample) {
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
