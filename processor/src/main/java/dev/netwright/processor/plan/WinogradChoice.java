package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.Size;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.plan.Halos.Halo;

/** Which convolutions are computed by Winograd's algorithm, and in what pieces. */
final class WinogradChoice {
    /** Channels, in or out: with 16, six convolutions of 32 x 32 took 0.18 ms instead of 0.22. */
    private static final int FEWEST_CHANNELS = 16;

    /** F(4x4,5x5) has eight points in each direction; its error grows to 1e-5 of the largest output with 512 channels. */
    private static final int MOST_CHANNELS_OF_EIGHT = 128;

    /** Tiles below which the products are too small to fill registers. */
    private static final int FEWEST_TILES = 4;

    /**
     * Channels, in and out, from which products of points gain more than their transforms cost in a weight gradient. With
     * 32, the CIFAR CNN's step gained 5 %, and its activations of a sample took twice the memory.
     */
    private static final int FEWEST_SUMMED = 64;

    /** Floats of transformed weights that a core's own cache keeps while one block of tiles follows another. */
    private static final int CACHED_WEIGHTS = 1 << 18;

    /** Tiles of a block, at least: what a register tile holds. */
    private static final int LEAST_BLOCK = 8;

    /** Tiles of a block, at most, so that their points stay in the cache. */
    private static final int LARGEST_BLOCK = 28;

    /** Tiles of a sample whose points are all kept. */
    private static final int MOST_AT_ONCE = 256;

    /**
     * How a convolution is cut into tiles.
     *
     * @param form which algorithm
     * @param rows rows of tiles
     * @param columns tiles of a row
     * @param blockRows rows of tiles whose points are computed at a time; all, if each phase is a step of its own
     * @param border zeros that the tiles read around the input
     */
    record Tiling(WinogradForm form, int rows, int columns, int blockRows, Halo border) {
        int tiles() {
            return rows * columns;
        }

        boolean isBlocked() {
            return blockRows < rows;
        }
    }

    private WinogradChoice() {}

    /** The tiling of a node, by its shapes alone; null where it is to be computed directly. */
    static Tiling of(Node node) {
        Primitive primitive = Primitive.Fused.anchor(node);
        if (primitive instanceof Primitive.Convolve convolve) {
            Shape x = node.inputs().get(0).shape();
            Convolution c = convolve.convolution();
            Shape out = Shape.of(
                    node.inputs().get(1).shape().size(0),
                    reach(
                            x.size(1),
                            c.kernel().rows(),
                            c.before().rows(),
                            c.after().rows()),
                    reach(
                            x.size(2),
                            c.kernel().columns(),
                            c.before().columns(),
                            c.after().columns()));
            return tiling(c, x, c.before(), out);
        } else if (primitive instanceof Primitive.ConvolveInputGradient gradient) {
            Convolution c = gradient.convolution();
            Size before = new Size(
                    c.kernel().rows() - 1 - c.before().rows(),
                    c.kernel().columns() - 1 - c.before().columns());
            return tiling(
                    c,
                    node.inputs().get(0).shape(),
                    before,
                    node.outputs().get(0).shape());
        } else if (primitive instanceof Primitive.ConvolveWeightGradient gradient) {
            return weightGradient(
                    gradient.convolution(),
                    node.inputs().get(0).shape(),
                    node.inputs().get(1).shape());
        }
        return null;
    }

    /** The tiles are of the gradient, as large as a form's weights; what they are summed to are the form's results. */
    private static Tiling weightGradient(Convolution convolution, Shape x, Shape gradient) {
        int tile = 4;
        int rows = (gradient.size(1) + tile - 1) / tile;
        int columns = (gradient.size(2) + tile - 1) / tile;
        if (!isEligible(convolution, convolution.before(), x.size(0), gradient.size(0))
                || Math.min(x.size(0), gradient.size(0)) < FEWEST_SUMMED
                || rows * columns < FEWEST_TILES
                || rows * columns > MOST_AT_ONCE) {
            return null;
        }
        WinogradForm form = new WinogradForm(convolution.kernel().rows(), tile);
        Halo border = border(form, tile, rows, columns, x, convolution.before());
        return new Tiling(form, rows, columns, rows, border);
    }

    /** Zeros behind a gradient that fill its last tiles. */
    static Halo filling(Tiling weightGradient, Shape gradient) {
        int tile = weightGradient.form().taps();
        return new Halo(
                0,
                weightGradient.rows() * tile - gradient.size(1),
                0,
                weightGradient.columns() * tile - gradient.size(2));
    }

    private static int reach(int input, int taps, int before, int after) {
        return before + input + after - taps + 1;
    }

    private static Tiling tiling(Convolution convolution, Shape in, Size before, Shape out) {
        int taps = convolution.kernel().rows();
        if (!isEligible(convolution, before, in.size(0), out.size(0))) {
            return null;
        }
        WinogradForm form = new WinogradForm(taps == 5 && in.size(0) > MOST_CHANNELS_OF_EIGHT ? 2 : 4, taps);
        int rows = (out.size(1) + form.outputs() - 1) / form.outputs();
        int columns = (out.size(2) + form.outputs() - 1) / form.outputs();
        if (rows * columns < FEWEST_TILES) {
            return null;
        }
        Halo border = border(form, form.outputs(), rows, columns, in, before);
        return new Tiling(form, rows, columns, blockRows(form, in.size(0) * out.size(0), rows, columns), border);
    }

    private static boolean isEligible(Convolution convolution, Size before, int inputs, int outputs) {
        Size one = new Size(1, 1);
        int taps = convolution.kernel().rows();
        return convolution.isDense()
                && convolution.stride().equals(one)
                && convolution.dilation().equals(one)
                && taps == convolution.kernel().columns()
                && (taps == 3 || taps == 5)
                && before.rows() >= 0
                && before.columns() >= 0
                && Math.min(inputs, outputs) >= FEWEST_CHANNELS;
    }

    /** What tiles of a step read around a value. */
    private static Halo border(WinogradForm form, int step, int rows, int columns, Shape in, Size before) {
        int overlap = form.size() - step;
        return new Halo(
                before.rows(),
                Math.max(0, rows * step + overlap - before.rows() - in.size(1)),
                before.columns(),
                Math.max(0, columns * step + overlap - before.columns() - in.size(2)));
    }

    /** Even numbers of blocks where the weights stay in the cache; otherwise all at once, so that they are read once. */
    private static int blockRows(WinogradForm form, int weights, int rows, int columns) {
        boolean cached = form.points() * weights <= CACHED_WEIGHTS;
        for (int block = rows / 2; block > 0 && cached; block--) {
            if (rows % (2 * block) == 0 && block * columns >= LEAST_BLOCK && block * columns <= LARGEST_BLOCK) {
                return block;
            }
        }
        if (rows * columns <= MOST_AT_ONCE) {
            return rows;
        }
        return Math.min(rows, (LARGEST_BLOCK + columns - 1) / columns);
    }
}
