package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Fused;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.ConvolutionTiles.Phase;
import dev.netwright.processor.plan.Kernel.Pooling;
import dev.netwright.processor.plan.Kernel.Samples;
import dev.netwright.processor.plan.Kernel.Strides;
import dev.netwright.processor.plan.Kernel.SumLoop;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Convolutions and products: forward, by their input and by their weight. */
final class TileKernels {
    private final ProgramPlanner planner;
    private final Node node;
    private final ParameterPlan parameters;
    private final Fused fused;

    TileKernels(ProgramPlanner planner, Node node, ParameterPlan parameters) {
        this.planner = planner;
        this.node = node;
        this.parameters = parameters;
        this.fused = ProgramPlanner.fused(node);
    }

    void plan(Primitive primitive) {
        if (primitive instanceof Primitive.Convolve convolve) {
            convolve(convolve.convolution());
        } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
            convolveInputGradient(gradient.convolution());
        } else if (primitive instanceof Primitive.ConvolveWeightGradient gradient) {
            convolveWeightGradient(gradient.convolution());
        } else if (primitive instanceof Primitive.Product) {
            product();
        } else if (primitive instanceof Primitive.ProductInputGradient) {
            productInputGradient();
        } else if (primitive instanceof Primitive.ProductWeightGradient) {
            productWeightGradient();
        } else {
            throw new IllegalStateException("no kernel for " + primitive);
        }
    }

    private void convolve(Convolution convolution) {
        if (!convolution.isDense()) {
            direct(Kernel.Part.FORWARD, convolution, input(0), result());
            return;
        }
        Place x = place(input(0));
        Place y = place(result());
        Shape weight = input(1).shape();
        Weights weights = parameters.weights(input(1));
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        List<SumLoop> sum = tiles.forward(x.layout(), weight, weights.width());
        int row = convolution.stride().rows() * x.layout().axis(1).stride();
        boolean pools = fused.pool() != null;
        Shape out = result().shape();
        Kernel kernel = new Kernel.Tile(
                sum,
                List.of(out.size(1)),
                out.size(2),
                weights.blocks(),
                weights.width(),
                Samples.SEPARATE,
                new Strides(
                        x.sampleStride(),
                        0,
                        List.of(pools ? 2 * row : row),
                        convolution.stride().columns() * x.layout().axis(2).stride()),
                new Strides(0, weights.rows() * weights.width(), List.of(0), 0),
                fused.anchorInputs() > 2,
                image(y, weights.width()),
                false,
                fused.epilogue(),
                fused.keepsAnchor(),
                further(weights.width()),
                pooling(),
                pooling() == Pooling.MAX_INDEX ? image(place(node.outputs().get(1)), weights.width()) : null,
                row);
        List<Place> operands = new ArrayList<>();
        operands.add(x.shifted(tiles.forwardStart(x.layout())));
        operands.add(place(input(1)));
        if (fused.anchorInputs() > 2) {
            operands.add(place(input(2)));
        }
        operands.add(y);
        if (pooling() == Pooling.MAX_INDEX) {
            operands.add(place(node.outputs().get(1)));
        }
        operands.addAll(furtherPlaces());
        tile("", kernel, operands, new Work(Unit.SAMPLE, weights.blocks() * out.size(1)));
    }

    private Pooling pooling() {
        if (fused.pool() == null) {
            return Pooling.NONE;
        } else if (fused.pool() instanceof Primitive.AveragePool) {
            return Pooling.AVERAGE;
        }
        return planner.places().isStored(node.outputs().get(1)) ? Pooling.MAX_INDEX : Pooling.MAX;
    }

    private void convolveInputGradient(Convolution convolution) {
        Value gx = result();
        if (!convolution.isDense()) {
            direct(Kernel.Part.INPUT_GRADIENT, convolution, gx, input(0));
            return;
        }
        Place gradient = place(input(0));
        Place to = place(gx);
        Shape weight = input(1).shape();
        Weights source = parameters.weights(input(1));
        int width = Weights.width(weight.size(1), 32);
        int blocks = (weight.size(1) + width - 1) / width;
        ConvolutionTiles tiles = new ConvolutionTiles(convolution);
        List<Phase> phases = tiles.phases(gx.shape(), gradient.layout(), weight);
        int block = tiles.transposedBlock(gradient.layout(), weight, width);
        Place packed = planner.temporary("transposed", Layout.vector(blocks * block));
        int outputs = ConvolutionTiles.summedOutputs(gradient.layout(), weight);
        Kernel transpose = new Kernel.Transpose(
                weight.size(0),
                outputs,
                weight.size(1),
                width,
                block,
                source.width(),
                source.rows() * source.width(),
                tiles.taps(phases, gradient.layout(), weight, width, source.width()));
        planner.step(
                "Transposed",
                input(1).name() + " flipped and transposed",
                transpose,
                List.of(packed, place(input(1))),
                new Work(Unit.STEP, blocks * width));
        int index = 0;
        for (Phase phase : phases) {
            Layout target = to.layout();
            int shift = phase.rows().first() * target.axis(1).stride()
                    + phase.columns().first() * target.axis(2).stride();
            Strides c = new Strides(
                    to.sampleStride(),
                    width,
                    List.of(convolution.stride().rows() * target.axis(1).stride()),
                    convolution.stride().columns() * target.axis(2).stride());
            Kernel kernel = new Kernel.Tile(
                    tiles.backward(phase, gradient.layout(), weight, width),
                    List.of(phase.rows().inputs()),
                    phase.columns().inputs(),
                    blocks,
                    width,
                    Samples.SEPARATE,
                    new Strides(
                            gradient.sampleStride(),
                            0,
                            List.of(gradient.layout().axis(1).stride()),
                            gradient.layout().axis(2).stride()),
                    new Strides(0, block, List.of(0), 0),
                    false,
                    c,
                    false,
                    fused.epilogue(),
                    fused.keepsAnchor(),
                    furtherStrided(width, convolution),
                    Pooling.NONE,
                    null,
                    0);
            List<Place> operands = new ArrayList<>(List.of(
                    gradient.shifted(ConvolutionTiles.backwardStart(phase, gradient.layout())),
                    packed.shifted(phase.offset() * width),
                    to.shifted(shift)));
            furtherPlaces().forEach(further -> operands.add(shifted(further, phase)));
            tile(
                    phases.size() == 1 ? "Gradient" : "Gradient" + index++,
                    kernel,
                    operands,
                    new Work(Unit.SAMPLE, blocks * phase.rows().inputs()));
        }
    }

    private Place shifted(Place further, Phase phase) {
        if (!further.batched()) {
            return further;
        }
        Layout layout = further.layout();
        return further.shifted(phase.rows().first() * layout.axis(1).stride()
                + phase.columns().first() * layout.axis(2).stride());
    }

    private void convolveWeightGradient(Convolution convolution) {
        if (!convolution.isDense()) {
            direct(Kernel.Part.WEIGHT_GRADIENT, convolution, input(0), input(1));
            return;
        }
        Place x = place(input(0));
        Place gradient = place(input(1));
        Place to = planner.places().gradient(node.output());
        Shape weight = node.output().shape();
        Weights weights = weights(node.output());
        int channels = weight.size(1);
        int width = weights.width();
        Layout in = x.layout();
        Layout out = gradient.layout();
        boolean contiguous = convolution.dilation().columns() * in.axis(2).stride()
                == channels * in.axis(0).stride();
        int tapRow = convolution.dilation().rows() * in.axis(1).stride();
        int tapColumn = convolution.dilation().columns() * in.axis(2).stride();
        int columns = contiguous ? weight.size(3) * channels : channels;
        int part = columnsOfUnit(columns);
        int inColumn = in.axis(0).stride();
        List<Integer> counts = new ArrayList<>(List.of(weight.size(2)));
        List<Integer> aRows = new ArrayList<>(List.of(tapRow));
        List<Integer> cRows = new ArrayList<>(List.of(weight.size(3) * channels * width));
        if (!contiguous) {
            counts.add(weight.size(3));
            aRows.add(tapColumn);
            cRows.add(channels * width);
        }
        counts.add(columns / part);
        aRows.add(part * inColumn);
        cRows.add(part * width);
        List<SumLoop> sum = new SumLoops()
                .add(
                        input(1).shape().size(1),
                        convolution.stride().rows() * in.axis(1).stride(),
                        out.axis(1).stride())
                .add(
                        input(1).shape().size(2),
                        convolution.stride().columns() * in.axis(2).stride(),
                        out.axis(2).stride())
                .joined();
        Kernel kernel = new Kernel.Tile(
                sum,
                counts,
                part,
                weights.blocks(),
                width,
                Samples.ACCUMULATED,
                new Strides(x.sampleStride(), 0, aRows, inColumn),
                new Strides(gradient.sampleStride(), width, Collections.nCopies(counts.size(), 0), 0),
                false,
                new Strides(0, weights.rows() * width, cRows, width),
                true,
                fused.epilogue(),
                false,
                List.of(),
                Pooling.NONE,
                null,
                0);
        int rows = counts.stream().reduce(1, Math::multiplyExact);
        tile(
                "WeightGradient",
                kernel,
                List.of(x.shifted(new ConvolutionTiles(convolution).forwardStart(in)), gradient, to),
                new Work(Unit.STEP, weights.blocks() * rows));
    }

    /** A part of the columns that whole tiles fill and that leaves each thread several to take. */
    private static int columnsOfUnit(int columns) {
        for (int part = Math.min(columns, 40); part >= 16; part--) {
            if (columns % part == 0 && part % Planner.GROUP == 0) {
                return part;
            }
        }
        for (int part = Math.min(columns, 16); part >= 4; part--) {
            if (columns % part == 0) {
                return part;
            }
        }
        return columns;
    }

    private void product() {
        Place x = place(input(0));
        Place y = place(result());
        Weights weights = parameters.weights(input(1));
        Kernel kernel = new Kernel.Tile(
                features(x.layout(), weights),
                leading(result().shape()),
                0,
                weights.blocks(),
                weights.width(),
                Samples.COLUMNS,
                new Strides(0, 0, leadingStrides(x.layout()), x.sampleStride()),
                new Strides(0, weights.rows() * weights.width(), zeros(x.layout()), 0),
                fused.anchorInputs() > 2,
                rows(y, weights.width()),
                false,
                fused.epilogue(),
                fused.keepsAnchor(),
                furtherRows(weights.width()),
                Pooling.NONE,
                null,
                0);
        List<Place> operands = new ArrayList<>(List.of(x, place(input(1))));
        if (fused.anchorInputs() > 2) {
            operands.add(place(input(2)));
        }
        operands.add(y);
        operands.addAll(furtherPlaces());
        tile("", kernel, operands, groups(weights.blocks(), result().shape()));
    }

    /** The features in the order in which they are stored. */
    private static List<SumLoop> features(Layout x, Weights weights) {
        List<Axis> axes = x.dimensions().get(x.dimensions().size() - 1).stream()
                .sorted(java.util.Comparator.comparingInt(Axis::stride).reversed())
                .toList();
        SumLoops loops = new SumLoops();
        int rows = weights.rows();
        for (Axis axis : axes) {
            rows /= axis.extent();
            loops.add(axis.extent(), axis.stride(), rows * weights.width());
        }
        return loops.joined();
    }

    private void productInputGradient() {
        Place gradient = place(input(0));
        Place to = place(result());
        Weights weights = parameters.weights(input(1));
        int width = ProductTiles.transposedWidth(weights);
        int blocks = (weights.rows() + width - 1) / width;
        int block = weights.outputs() * width;
        Place packed = planner.temporary("transposed", Layout.vector(blocks * block));
        Kernel transpose = new Kernel.Transpose(
                weights.outputs(),
                weights.outputs(),
                weights.rows(),
                width,
                block,
                weights.width(),
                weights.rows() * weights.width(),
                List.of(new Kernel.Tap(0, 0)));
        planner.step(
                "Transposed",
                input(1).name() + " transposed",
                transpose,
                List.of(packed, place(input(1))),
                new Work(Unit.STEP, blocks * width));
        int last = gradient.layout().dimensions().size() - 1;
        Kernel kernel = new Kernel.Tile(
                new SumLoops()
                        .add(weights.outputs(), gradient.layout().axis(last).stride(), width)
                        .joined(),
                leading(result().shape()),
                0,
                blocks,
                width,
                Samples.COLUMNS,
                new Strides(0, 0, leadingStrides(gradient.layout()), gradient.sampleStride()),
                new Strides(0, block, zeros(gradient.layout()), 0),
                false,
                rows(to, width),
                false,
                fused.epilogue(),
                fused.keepsAnchor(),
                furtherRows(width),
                Pooling.NONE,
                null,
                0);
        List<Place> operands = new ArrayList<>(List.of(gradient, packed, to));
        operands.addAll(furtherPlaces());
        tile("Gradient", kernel, operands, groups(blocks, result().shape()));
    }

    private void productWeightGradient() {
        Place x = place(input(0));
        Place gradient = place(input(1));
        Place to = planner.places().gradient(node.output());
        Weights weights = weights(node.output());
        List<SumLoop> features = features(x.layout(), weights);
        SumLoop inner = features.get(features.size() - 1);
        List<SumLoop> outer = features.subList(0, features.size() - 1);
        int leading = input(0).shape().rank() - 1;
        SumLoops sum = new SumLoops();
        for (int d = 0; d < leading; d++) {
            sum.add(
                    input(0).shape().size(d),
                    x.layout().axis(d).stride(),
                    gradient.layout().axis(d).stride());
        }
        List<Integer> counts = outer.isEmpty()
                ? List.of(1)
                : outer.stream().map(SumLoop::count).toList();
        Kernel kernel = new Kernel.Tile(
                leading == 0 ? List.of() : sum.joined(),
                counts,
                inner.count(),
                weights.blocks(),
                weights.width(),
                leading == 0 ? Samples.SUMMED : Samples.ACCUMULATED,
                new Strides(
                        x.sampleStride(),
                        0,
                        outer.isEmpty()
                                ? List.of(0)
                                : outer.stream().map(SumLoop::a).toList(),
                        inner.a()),
                new Strides(gradient.sampleStride(), weights.width(), Collections.nCopies(counts.size(), 0), 0),
                false,
                new Strides(
                        0,
                        weights.rows() * weights.width(),
                        outer.isEmpty()
                                ? List.of(0)
                                : outer.stream().map(SumLoop::b).toList(),
                        inner.b()),
                true,
                fused.epilogue(),
                false,
                List.of(),
                Pooling.NONE,
                null,
                0);
        int rows = counts.stream().reduce(1, Math::multiplyExact);
        // the columns of one row are the units, a few registers at a time: a product has one row, and threads want more
        // to share
        int parts = (inner.count() + Planner.GROUP - 1) / Planner.GROUP;
        tile("WeightGradient", kernel, List.of(x, gradient, to), new Work(Unit.STEP, weights.blocks() * rows * parts));
    }

    private void direct(Kernel.Part part, Convolution convolution, Value x, Value y) {
        Layout in = layout(x);
        Layout out = layout(y);
        Kernel kernel = new Kernel.Direct(
                part,
                convolution,
                x.shape().size(0),
                y.shape().size(0),
                withCounts(in, x.shape()),
                place(x).sampleStride(),
                withCounts(out, y.shape()),
                place(y).sampleStride(),
                part == Kernel.Part.FORWARD && node.inputs().size() > 2);
        List<Place> operands = new ArrayList<>();
        operands.add(Planner.isGradient(node.output()) ? planner.places().gradient(node.output()) : place(result()));
        node.inputs().forEach(input -> operands.add(place(input)));
        int perUnit = part == Kernel.Part.WEIGHT_GRADIENT ? y.shape().size(0) : 1;
        Work work = part == Kernel.Part.WEIGHT_GRADIENT
                ? new Work(Unit.STEP, perUnit)
                : new Work(
                        Unit.SAMPLE,
                        (part == Kernel.Part.FORWARD ? y : x).shape().size(0));
        tile(
                part == Kernel.Part.FORWARD ? "" : part == Kernel.Part.INPUT_GRADIENT ? "Gradient" : "WeightGradient",
                kernel,
                operands,
                work);
    }

    private static List<Axis> withCounts(Layout layout, Shape shape) {
        List<Axis> axes = new ArrayList<>();
        for (int d = 0; d < shape.rank(); d++) {
            axes.add(layout.axis(d));
        }
        return axes;
    }

    private void tile(String suffix, Kernel kernel, List<Place> operands, Work work) {
        StringBuilder comment = new StringBuilder();
        comment.append(String.join(
                ", ", node.inputs().stream().limit(2).map(Value::label).toList()));
        comment.append(" -> ")
                .append(String.join(
                        ", ", node.outputs().stream().map(Value::label).toList()));
        planner.step(suffix, comment.toString(), kernel, operands, work);
    }

    private static Work groups(int blocks, Shape shape) {
        int rows = leading(shape).stream().reduce(1, Math::multiplyExact);
        return new Work(Unit.GROUP, blocks * rows);
    }

    private static List<Integer> leading(Shape shape) {
        return shape.rank() == 1 ? List.of(1) : shape.sizes().subList(0, shape.rank() - 1);
    }

    private static List<Integer> leadingStrides(Layout layout) {
        int rank = layout.dimensions().size();
        return rank == 1
                ? List.of(0)
                : java.util.stream.IntStream.range(0, rank - 1)
                        .mapToObj(d -> layout.axis(d).stride())
                        .toList();
    }

    private static List<Integer> zeros(Layout layout) {
        return Collections.nCopies(Math.max(1, layout.dimensions().size() - 1), 0);
    }

    private static Strides image(Place place, int width) {
        Layout layout = place.layout();
        return place.batched()
                ? new Strides(
                        place.sampleStride(),
                        width,
                        List.of(layout.axis(1).stride()),
                        layout.axis(2).stride())
                : new Strides(0, width, List.of(0), 0);
    }

    private static Strides rows(Place place, int width) {
        return place.batched()
                ? new Strides(0, width, leadingStrides(place.layout()), place.sampleStride())
                : new Strides(0, width, zeros(place.layout()), 0);
    }

    private List<Strides> further(int width) {
        return furtherPlaces().stream().map(place -> image(place, width)).toList();
    }

    private List<Strides> furtherRows(int width) {
        return furtherPlaces().stream().map(place -> rows(place, width)).toList();
    }

    /** Further operands of one phase of an input gradient: every stride-th row and column. */
    private List<Strides> furtherStrided(int width, Convolution convolution) {
        return furtherPlaces().stream()
                .map(place -> {
                    Strides strides = image(place, width);
                    return new Strides(
                            strides.sample(),
                            strides.block(),
                            List.of(strides.rows().get(0) * convolution.stride().rows()),
                            strides.column() * convolution.stride().columns());
                })
                .toList();
    }

    private List<Place> furtherPlaces() {
        List<Place> places = new ArrayList<>();
        if (fused.keepsAnchor()) {
            places.add(place(node.outputs().get(0)));
        }
        for (int i = fused.anchorInputs(); i < node.inputs().size(); i++) {
            places.add(place(node.inputs().get(i)));
        }
        return places;
    }

    /** The node's result after its epilogue and pool. */
    private Value result() {
        return node.outputs().get(fused.keepsAnchor() ? 1 : 0);
    }

    private Weights weights(Value gradient) {
        return planner.weightsOf(gradient.name());
    }

    private Value input(int index) {
        return node.inputs().get(index);
    }

    private Layout layout(Value value) {
        return planner.layouts().of(value);
    }

    private Place place(Value value) {
        return planner.places().of(value);
    }
}
