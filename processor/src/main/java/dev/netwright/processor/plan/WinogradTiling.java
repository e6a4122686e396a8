package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Node;
import dev.netwright.processor.graph.Primitive;
import dev.netwright.processor.graph.Primitive.Convolution;
import dev.netwright.processor.graph.Primitive.ConvolveInputGradient;
import dev.netwright.processor.graph.Primitive.ConvolveWeightGradient;
import dev.netwright.processor.graph.Primitive.Convolving;
import dev.netwright.processor.graph.Shape;
import dev.netwright.processor.graph.Window;
import dev.netwright.processor.graph.WinogradForm;
import dev.netwright.processor.plan.Halos.Border;
import dev.netwright.processor.plan.Halos.Halo;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How a convolution is cut into tiles for Winograd's algorithm.
 *
 * @param form which algorithm
 * @param rows rows of tiles
 * @param columns tiles of a row
 * @param blockRows rows of tiles whose points are computed at a time; all, if each phase is a step of its own
 * @param border zeros that the tiles read around the input
 */
record WinogradTiling(WinogradForm form, int rows, int columns, int blockRows, Halo border) {
    /** Floats of transformed weights that a core's own cache keeps while one block of tiles follows another. */
    private static final int CACHED_WEIGHTS = 1 << 18;

    /** Tiles of a block, at least: what a register tile holds. */
    private static final int LEAST_BLOCK = 8;

    /** Tiles of a block, at most, so that their points stay in the cache. */
    private static final int LARGEST_BLOCK = 28;

    /** Tiles of a sample whose points are all kept. */
    private static final int MOST_AT_ONCE = 256;

    int tiles() {
        return rows * columns;
    }

    boolean isBlocked() {
        return blockRows < rows;
    }

    /** Why so many tiles at a time, as a sentence. */
    String reason() {
        String all = tiles() + " tiles of a sample (" + rows + " x " + columns + ")";
        return isBlocked()
                ? "Of the " + all + " " + (blockRows == 1 ? "one row is" : blockRows + " rows are")
                        + " computed at a time, so that their points stay in the cache."
                : "All " + all + " are transformed before they are multiplied, so that the weights are read once.";
    }

    /** Of a node; null where it is computed directly. */
    static WinogradTiling of(Node node) {
        if (!(Primitive.Fused.anchor(node) instanceof Convolving convolving) || convolving.form() == null) {
            return null;
        }
        WinogradForm form = convolving.form();
        Convolution c = convolving.convolution();
        Shape x = node.inputs().get(0).shape();
        if (convolving instanceof ConvolveWeightGradient) {
            Shape gradient = node.inputs().get(1).shape();
            int rows = count(gradient.size(1), form.taps());
            int columns = count(gradient.size(2), form.taps());
            return new WinogradTiling(
                    form, rows, columns, rows, border(form, form.taps(), rows, columns, x, c, Window::before));
        } else if (convolving instanceof ConvolveInputGradient) {
            Shape out = node.outputs().get(0).shape();
            return of(form, x, c, Window::beforeOfGradient, out);
        }
        Shape places = Shape.of(
                node.inputs().get(1).shape().size(0),
                c.rows().places(),
                c.columns().places());
        return of(form, x, c, Window::before, places);
    }

    private static WinogradTiling of(
            WinogradForm form, Shape in, Convolution c, ToIntFunction<Window> before, Shape out) {
        int rows = count(out.size(1), form.outputs());
        int columns = count(out.size(2), form.outputs());
        Halo border = border(form, form.outputs(), rows, columns, in, c, before);
        return new WinogradTiling(
                form, rows, columns, blockRows(form, in.size(0) * out.size(0), rows, columns), border);
    }

    private static int count(int size, int side) {
        return (size + side - 1) / side;
    }

    /** Zeros behind the gradient of a weight gradient that fill its last tiles. */
    Halo filling(Shape gradient) {
        int tile = form.taps();
        return new Halo(List.of(
                new Border(0, rows * tile - gradient.size(1)), new Border(0, columns * tile - gradient.size(2))));
    }

    /** What tiles of a step read around a value. */
    private static Halo border(
            WinogradForm form, int step, int rows, int columns, Shape in, Convolution c, ToIntFunction<Window> before) {
        int overlap = form.size() - step;
        int above = before.applyAsInt(c.rows());
        int left = before.applyAsInt(c.columns());
        return new Halo(List.of(
                new Border(above, Math.max(0, rows * step + overlap - above - in.size(1))),
                new Border(left, Math.max(0, columns * step + overlap - left - in.size(2)))));
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
