package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
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
            return view.shifted(rows.first() * layout.axis(1).stride()
                    + columns.first() * layout.axis(2).stride());
        }
    }

    private final Convolution convolution;

    ConvolutionTiles(Convolution convolution) {
        this.convolution = convolution;
    }

    /** Sum over taps and channels for a value at the first tap, with so many lanes in a pass. */
    List<SumLoop> forward(Layout x, Shape weight, int pass) {
        int channels = weight.size(1);
        int width = Layout.LANES;
        SumLoops loops = new SumLoops()
                .add(
                        weight.size(2),
                        convolution.dilation().rows() * x.axis(1).stride(),
                        weight.size(3) * channels * width);
        int column = convolution.dilation().columns() * x.axis(2).stride();
        if (slides(convolution, pass, weight.size(3))) {
            return loops.add(channels, x.axis(0).stride(), width)
                    .add(weight.size(3), column, channels * width)
                    .joined();
        }
        return loops.add(weight.size(3), column, channels * width)
                .add(channels, x.axis(0).stride(), width)
                .joined();
    }

    /** Whether the sum takes the taps of a row last, so that a value read once meets all of them. */
    static boolean slides(Convolution convolution, int pass, int taps) {
        return pass == Layout.LANES
                && taps > 1
                && taps <= TileReads.MOST_TAPS
                && convolution.dilation().columns() == convolution.stride().columns();
    }

    /** From the first element of x to what the first tap of the first output reads. */
    int forwardStart(Layout x) {
        return -convolution.before().rows() * x.axis(1).stride()
                - convolution.before().columns() * x.axis(2).stride();
    }

    List<Phase> phases(Shape input, Shape weight) {
        List<Phase> phases = new ArrayList<>();
        int offset = 0;
        List<Residue> columns = residues(
                weight.size(3),
                convolution.stride().columns(),
                convolution.dilation().columns(),
                convolution.before().columns(),
                input.size(2));
        for (Residue rows : residues(
                weight.size(2),
                convolution.stride().rows(),
                convolution.dilation().rows(),
                convolution.before().rows(),
                input.size(1))) {
            for (Residue column : columns) {
                phases.add(new Phase(rows, column, offset));
                offset += rows.taps().size() * column.taps().size() * weight.size(0);
            }
        }
        return phases;
    }

    private static List<Residue> residues(int kernel, int stride, int dilation, int before, int inputs) {
        List<Residue> residues = new ArrayList<>();
        for (int first = 0; first < Math.min(stride, inputs); first++) {
            List<Integer> taps = new ArrayList<>();
            for (int tap = kernel - 1; tap >= 0; tap--) {
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
                new SumLoops().add(rows, phase.rows().step() * gradient.axis(1).stride(), columns * outputs * width);
        int column = phase.columns().step() * gradient.axis(2).stride();
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
        return phase.rows().start() * gradient.axis(1).stride()
                + phase.columns().start() * gradient.axis(2).stride();
    }

    /** Where each tap lies in a packed block and in a block of the weight. */
    List<Tap> taps(List<Phase> phases, Shape weight) {
        int outputs = weight.size(0);
        List<Tap> taps = new ArrayList<>();
        for (Phase phase : phases) {
            int row = phase.offset();
            for (int r : phase.rows().taps()) {
                for (int c : phase.columns().taps()) {
                    int source = (r * weight.size(3) + c) * weight.size(1) * Layout.LANES;
                    taps.add(new Tap(row * Layout.LANES, source));
                    row += outputs;
                }
            }
        }
        return taps;
    }
}
