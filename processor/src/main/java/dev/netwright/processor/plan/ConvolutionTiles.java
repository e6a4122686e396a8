package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.plan.Kernel.Tap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

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
     * @param lines along each axis but the last
     * @param columns along the last
     * @param offset of their weights within a packed block, in rows
     */
    record Phase(List<Residue> lines, Residue columns, int offset) {
        Phase {
            lines = List.copyOf(lines);
        }

        /** Taps of all lines that reach the inputs, and of a line. */
        int taps() {
            return lineTaps() * columns.taps().size();
        }

        /** Taps along the lines. */
        int lineTaps() {
            return lines.stream().map(line -> line.taps().size()).reduce(1, Math::multiplyExact);
        }

        /** Inputs along each line. */
        List<Integer> lineInputs() {
            return lines.stream().map(Residue::inputs).toList();
        }

        /** The view from the first of these inputs on; all of it, if it is the same for each of them. */
        BufferView begin(BufferView view) {
            if (!view.batched()) {
                return view;
            }
            Layout layout = view.layout();
            int lineStart = 0;
            for (int i = 0; i < lines.size(); i++) {
                lineStart += lines.get(i).first() * layout.lines().get(i).stride();
            }
            return view.shifted(lineStart + columns.first() * layout.columns().stride());
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
        SumLoops loops = new SumLoops();
        int line = convolution.taps() * channels * width;
        for (int i = 0; i < convolution.lines().size(); i++) {
            Window window = convolution.lines().get(i);
            line /= window.kernel();
            loops.add(window.kernel(), window.dilation() * x.lines().get(i).stride(), line);
        }
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
        int start = -convolution.columns().before() * x.columns().stride();
        for (int i = 0; i < convolution.lines().size(); i++) {
            start -= convolution.lines().get(i).before() * x.lines().get(i).stride();
        }
        return start;
    }

    /** @param outputs rows of packed weights that a tap has */
    List<Phase> phases(int outputs) {
        List<Phase> phases = new ArrayList<>();
        int offset = 0;
        List<Residue> columns = residues(convolution.columns());
        for (List<Residue> lines : lineResidues()) {
            for (Residue column : columns) {
                Phase phase = new Phase(lines, column, offset);
                phases.add(phase);
                offset += phase.taps() * outputs;
            }
        }
        return phases;
    }

    /** The residues along each axis, the columns' last. */
    List<List<Residue>> residues() {
        List<List<Residue>> residues = new ArrayList<>();
        convolution.lines().forEach(window -> residues.add(residues(window)));
        residues.add(residues(convolution.columns()));
        return residues;
    }

    private List<List<Residue>> lineResidues() {
        return combinations(
                convolution.lines().stream().map(ConvolutionTiles::residues).toList());
    }

    /** One of each list, in row-major order. */
    static <T> List<List<T>> combinations(List<List<T>> lists) {
        List<List<T>> all = List.of(List.of());
        for (List<T> list : lists) {
            List<List<T>> longer = new ArrayList<>();
            for (List<T> begun : all) {
                for (T each : list) {
                    List<T> extended = new ArrayList<>(begun);
                    extended.add(each);
                    longer.add(extended);
                }
            }
            all = longer;
        }
        return all;
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
        int columns = phase.columns().taps().size();
        if (phase.taps() == 0) {
            return List.of();
        }
        SumLoops loops = new SumLoops();
        int line = phase.taps() * outputs * width;
        for (int i = 0; i < phase.lines().size(); i++) {
            Residue residue = phase.lines().get(i);
            line /= residue.taps().size();
            loops.add(
                    residue.taps().size(),
                    residue.step() * gradient.lines().get(i).stride(),
                    line);
        }
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
        int start = phase.columns().start() * gradient.columns().stride();
        for (int i = 0; i < phase.lines().size(); i++) {
            start += phase.lines().get(i).start() * gradient.lines().get(i).stride();
        }
        return start;
    }

    /** Where each tap lies in a packed block and in a block of the weight. */
    List<Tap> taps(List<Phase> phases, Shape weight) {
        int outputs = weight.size(0);
        List<Tap> taps = new ArrayList<>();
        for (Phase phase : phases) {
            int row = phase.offset();
            for (int r : lineTaps(phase)) {
                for (int c : phase.columns().taps()) {
                    int source = (r * convolution.columns().kernel() + c) * weight.size(1) * Layout.LANES;
                    taps.add(new Tap(row * Layout.LANES, source));
                    row += outputs;
                }
            }
        }
        return taps;
    }

    /** The lines of taps that reach a phase's inputs, as numbers among all lines of the kernel. */
    List<Integer> lineTaps(Phase phase) {
        return combinations(phase.lines().stream().map(Residue::taps).toList()).stream()
                .map(this::line)
                .toList();
    }

    /** The number of the line of some taps, one along each axis but the last, among all lines of the kernel. */
    int line(List<Integer> taps) {
        int line = 0;
        for (int i = 0; i < taps.size(); i++) {
            line = line * convolution.lines().get(i).kernel() + taps.get(i);
        }
        return line;
    }

    /** Floats from a line to the next of a layout, along each axis but the last, for so many steps of its window each. */
    List<Integer> lines(Layout layout, ToIntFunction<Window> steps) {
        List<Integer> strides = new ArrayList<>();
        for (int i = 0; i < convolution.lines().size(); i++) {
            strides.add(steps.applyAsInt(convolution.lines().get(i))
                    * layout.lines().get(i).stride());
        }
        return strides;
    }

    /** Results along each axis but the last. */
    List<Integer> lineOutputs() {
        return convolution.lines().stream().map(Window::output).toList();
    }
}
