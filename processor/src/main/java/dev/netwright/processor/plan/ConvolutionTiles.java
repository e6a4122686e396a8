package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.Kernel.Tap;
import java.util.ArrayList;
import java.util.List;

/** The loops of a convolution's three sums over channels-last values with borders. */
final class ConvolutionTiles {
    /**
     * The taps of one dimension that reach the inputs with one remainder by the stride.
     *
     * @param first first such input
     * @param inputs how many there are
     * @param taps the taps, from the last to the first, so that the gradient is read forwards
     * @param start gradient position that the first of them reads for the first input
     * @param step gradient positions from one tap to the next
     */
    record Residue(int first, int inputs, List<Integer> taps, int start, int step) {}

    /**
     * The inputs that the same taps reach.
     *
     * @param offset of their weights within a packed block, in rows
     */
    record Phase(Residue rows, Residue columns, int offset) {
        /** The view from the first of these inputs on; all of it, if it is the same for each of them. */
        BufferView begin(BufferView view) {
            if (!view.batched()) {
                return view;
            }
            Layout layout = view.layout();
            return view.shifted(rows.first() * layout.rows().stride()
                    + columns.first() * layout.columns().stride());
        }
    }

    private final Convolution convolution;

    ConvolutionTiles(Convolution convolution) {
        this.convolution = convolution;
    }

    /** Sum over taps and channels for a value at the first tap, with so many lanes in a pass. */
    List<SumLoop> forward(Layout x, Shape weight, int pass) {
        int channels = weight.size(1);
        int taps = convolution.columns().kernel();
        int width = Layout.LANES;
        SumLoops loops = new SumLoops()
                .add(
                        convolution.rows().kernel(),
                        convolution.rows().dilation() * x.rows().stride(),
                        taps * channels * width);
        int column = convolution.columns().dilation() * x.columns().stride();
        if (slides(convolution, pass)) {
            return loops.add(channels, x.axis(0).stride(), width)
                    .add(taps, column, channels * width)
                    .joined();
        }
        return loops.add(taps, column, channels * width)
                .add(channels, x.axis(0).stride(), width)
                .joined();
    }

    /** Whether the sum takes the taps of a row last, so that a value read once meets all of them. */
    static boolean slides(Convolution convolution, int pass) {
        Window columns = convolution.columns();
        return pass == Layout.LANES
                && columns.kernel() > 1
                && columns.kernel() <= TileReads.MOST_TAPS
                && columns.dilation() == columns.stride();
    }

    /** From the first element of x to what the first tap of the first output reads. */
    int forwardStart(Layout x) {
        return -convolution.rows().before() * x.rows().stride()
                - convolution.columns().before() * x.columns().stride();
    }

    /** @param outputs rows of packed weights that a tap has */
    List<Phase> phases(int outputs) {
        List<Phase> phases = new ArrayList<>();
        int offset = 0;
        List<Residue> columns = residues(convolution.columns());
        for (Residue rows : residues(convolution.rows())) {
            for (Residue column : columns) {
                phases.add(new Phase(rows, column, offset));
                offset += rows.taps().size() * column.taps().size() * outputs;
            }
        }
        return phases;
    }

    private static List<Residue> residues(Window window) {
        int stride = window.stride();
        int dilation = window.dilation();
        int before = window.before();
        int inputs = window.extent();
        List<Residue> residues = new ArrayList<>();
        for (int first = 0; first < Math.min(stride, inputs); first++) {
            List<Integer> taps = new ArrayList<>();
            for (int tap = window.kernel() - 1; tap >= 0; tap--) {
                if (Math.floorMod(first + before - tap * dilation, stride) == 0) {
                    taps.add(tap);
                }
            }
            int start = taps.isEmpty() ? 0 : (first + before - taps.get(0) * dilation) / stride;
            int step = taps.size() < 2 ? 0 : (taps.get(0) - taps.get(1)) * dilation / stride;
            residues.add(new Residue(first, (inputs - first + stride - 1) / stride, taps, start, step));
        }
        return residues;
    }

    /** Sum over the taps of a phase and the gradient's channels. */
    List<SumLoop> backward(Phase phase, Layout gradient, Shape weight, int pass) {
        int outputs = weight.size(0);
        int width = Layout.LANES;
        int rows = phase.rows().taps().size();
        int columns = phase.columns().taps().size();
        if (rows == 0 || columns == 0) {
            return List.of();
        }
        SumLoops loops =
                new SumLoops().add(rows, phase.rows().step() * gradient.rows().stride(), columns * outputs * width);
        int column = phase.columns().step() * gradient.columns().stride();
        boolean slides = pass == Layout.LANES
                && columns > 1
                && columns <= TileReads.MOST_TAPS
                && phase.columns().step() == 1;
        if (slides) {
            return loops.add(outputs, gradient.axis(0).stride(), width)
                    .add(columns, column, outputs * width)
                    .joined();
        }
        return loops.add(columns, column, outputs * width)
                .add(outputs, gradient.axis(0).stride(), width)
                .joined();
    }

    static int backwardStart(Phase phase, Layout gradient) {
        return phase.rows().start() * gradient.rows().stride()
                + phase.columns().start() * gradient.columns().stride();
    }

    /** Where each tap lies in a packed block and in a block of the weight. */
    List<Tap> taps(List<Phase> phases, Shape weight) {
        int outputs = weight.size(0);
        List<Tap> taps = new ArrayList<>();
        for (Phase phase : phases) {
            int row = phase.offset();
            for (int r : phase.rows().taps()) {
                for (int c : phase.columns().taps()) {
                    int source = (r * convolution.columns().kernel() + c) * weight.size(1) * Layout.LANES;
                    taps.add(new Tap(row * Layout.LANES, source));
                    row += outputs;
                }
            }
        }
        return taps;
    }
}
