package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Value;
import dev.netwright.processor.plan.Kernel.Tap;
import dev.netwright.processor.plan.SparseKernel.Maxima;
import dev.netwright.processor.plan.SparseKernel.Strides;
import dev.netwright.processor.plan.Step.Work;
import dev.netwright.processor.plan.Step.Work.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The gradients of a convolution behind which a max pool lies, by the pool's windows. */
final class SparseGradientKernels extends AnchorKernels {
    /** Floats that a band of windows may touch: most of a first-level cache of 32 KB. */
    private static final int CACHED = 7168;

    /** Outputs whose weights of a row are kept in the first-level cache; 8 are 20 % slower, 32 gain nothing. */
    private static final int OUTPUTS = 16;

    SparseGradientKernels(StepPlanner planner, Node node) {
        super(planner, node);
    }

    void plan(Primitive primitive) {
        if (primitive instanceof Primitive.SparseWeightGradient gradient) {
            weightGradient(gradient.convolution());
        } else {
            inputGradient(((Primitive.SparseInputGradient) primitive).convolution());
        }
    }

    private void weightGradient(Convolution convolution) {
        BufferView x = view(input(0));
        BufferView gradient = view(input(1));
        Value index = input(2);
        Shape weight = node.output().shape();
        Shape pooled = input(1).shape();
        Layout in = x.layout();
        SumRow row = new SumRow(in, weight);
        int outputs = weight.size(0);
        int sums = row.spots().size() * row.width() / Layout.LANES;
        int together = sums <= 3 && outputs % 4 == 0 ? 4 : sums <= 6 && outputs % 2 == 0 ? 2 : 1;
        int reach = weight.size(3) - 1;
        int rows = row.rowsTogether();
        int columns = most(pooled.size(2), n -> touched(row, 1, n, rows, reach));
        Parts byColumns = Parts.of(pooled.size(2), columns);
        int widest = byColumns.largest();
        Parts byRows = Parts.of(pooled.size(1), most(pooled.size(1), n -> touched(row, n, widest, rows, reach)));
        SparseKernel.WeightGradient kernel = new SparseKernel.WeightGradient(
                byRows,
                byColumns,
                outputs,
                together,
                row.spots(),
                row.groups(),
                row.pieces(),
                row.width(),
                row.outputRow(),
                new Strides(
                        x.sampleStride(),
                        2 * in.axis(1).stride(),
                        2 * in.axis(2).stride()),
                strides(gradient),
                gradient.layout().axis(0).stride(),
                places(index));
        BufferView sumRows = planner.scratch(Layout.vector(Math.multiplyExact(outputs, row.outputRow())));
        BufferView to = planner.buffers().gradient(node.output());
        Weights weights = weights(node.output());
        planner.step(
                "Sums",
                "the gradient of " + node.output().name() + " as rows",
                row.moved(false, weights),
                List.of(sumRows, to),
                new Work(Unit.STEP, outputs));
        step(
                weightSuffix(),
                kernel,
                List.of(sumRows, x.shifted(new ConvolutionTiles(convolution).forwardStart(in)), gradient, view(index)),
                new Work(Unit.STEP, kernel.units()));
        planner.step(
                "SumsBack",
                "the gradient of " + node.output().name() + " from rows",
                row.moved(true, weights),
                List.of(to, sumRows),
                new Work(Unit.STEP, outputs));
    }

    /** Floats of x, and of the cache lines of gradients and indices, that a band touches. */
    private static int touched(SumRow row, int windowRows, int windowColumns, int rows, int reach) {
        return (2 * windowRows + rows - 1) * (2 * windowColumns + reach) * row.lanesOfPlace()
                + 2 * Layout.LANES * windowRows * windowColumns;
    }

    private static int most(int count, IntUnaryOperator size) {
        int most = count;
        while (most > 1 && size.applyAsInt(most) > CACHED) {
            most--;
        }
        return most;
    }

    private static Strides strides(BufferView view) {
        Layout layout = view.layout();
        return new Strides(
                view.sampleStride(), layout.axis(1).stride(), layout.axis(2).stride());
    }

    /** How the kernel finds a window's maximum: the tiles of the convolution leave its place in their input. */
    private Maxima places(Value index) {
        BufferView view = view(index);
        PixelSteps offsets = planner.maximaOffsets(index);
        return new Maxima(
                strides(view), view.layout().axis(0).stride(), offsets != null, offsets != null ? offsets.rows() : 0);
    }

    private static int blockWidth(Shape weight) {
        int lanes = Layout.roundUp(weight.size(1));
        return Layout.LANES * SparseKernel.vectors(lanes, weight.size(3) + 1, SparseKernel.WIDE_SUMS);
    }

    private void inputGradient(Convolution convolution) {
        Value gx = result();
        BufferView gradient = view(input(0));
        Value index = input(2);
        BufferView to = view(gx);
        Shape weight = input(1).shape();
        Layout layout = to.layout();
        int row = layout.axis(1).stride();
        int column = layout.axis(2).stride();
        int width = blockWidth(weight);
        int start = layout.offset()
                - convolution.rows().before() * row
                - convolution.columns().before() * column;
        SparseKernel.InputGradient kernel = new SparseKernel.InputGradient(
                input(0).shape().size(1),
                input(0).shape().size(2),
                Parts.of(weight.size(0), OUTPUTS),
                weight.size(2) + 1,
                weight.size(3) + 1,
                Layout.roundUp(weight.size(1)) / width,
                width,
                start,
                new Strides(to.sampleStride(), 2 * row, 2 * column),
                row,
                column,
                layout.size() / column,
                strides(gradient),
                gradient.layout().axis(0).stride(),
                places(index));
        BufferView packed = planner.prepared(Layout.vector(Math.multiplyExact(kernel.blocks(), kernel.blockWeights())));
        planner.step(
                "Patches",
                input(1).name() + " in rows with zeros around",
                weightRows(weight, parameters.weights(input(1)), kernel),
                List.of(packed, view(input(1))),
                new Work(Unit.STEP, weight.size(0) + 1));
        step(
                "Gradient",
                kernel,
                List.of(to.shifted(-layout.offset()), gradient, view(index), packed),
                new Work(Unit.SAMPLE, kernel.blocks()));
        new ZeroKernels(planner).borderAgain(gx);
    }

    /** Each output's patch begins with a row and each row with a column of zeros, which also end the one before. */
    private static Kernel weightRows(Shape weight, Weights source, SparseKernel.InputGradient kernel) {
        List<Tap> taps = new ArrayList<>();
        for (int r = 0; r < kernel.patchRows(); r++) {
            for (int c = 0; c < kernel.patchColumns(); c++) {
                boolean zero = r == 0 || c == 0;
                int tap = ((r - 1) * weight.size(3) + c - 1) * weight.size(1) * source.width();
                taps.add(new Tap((r * kernel.patchColumns() + c) * kernel.width(), zero ? -1 : tap));
            }
        }
        return new WeightRows(
                false,
                weight.size(0),
                weight.size(0) + 1,
                weight.size(1),
                Layout.roundUp(weight.size(1)),
                kernel.outputWeights(),
                kernel.width(),
                kernel.blockWeights(),
                source.width(),
                source.block(),
                taps);
    }
}
