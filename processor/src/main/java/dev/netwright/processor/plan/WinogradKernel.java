package dev.netwright.processor.plan;

import dev.netwright.processor.graph.WinogradForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The parts of a convolution by Winograd's algorithm that are not products; those are a {@link Tile}. */
public sealed interface WinogradKernel extends Kernel {
    /** The two passes of a longer transform would be above 1,000 bytecodes together. */
    int LONGEST_IN_ONE = 6;

    /**
     * Floats from one unit of work to the next.
     *
     * @param outer from one sample, or block of weights, to the next
     * @param row from one row of tiles to the next
     * @param column from one tile of a row to the next
     */
    record Steps(int outer, int row, int column) {}

    /**
     * Squares to squares by a matrix from both sides: tiles to points, or sums at points to gradients of weights. A unit
     * is a row of tiles. Operands: out, in, the worker's own memory.
     *
     * @param form which algorithm
     * @param matrix which of its matrices
     * @param rows rows of tiles
     * @param keptRows rows of tiles that the points have room for, used over and over
     * @param columns tiles of a row
     * @param lanes channels transformed at each place, a multiple of 16
     * @param in of the tiles
     * @param inRow from a row to the next within a tile
     * @param inColumn from a column to the next within a tile
     * @param out of the results
     * @param outRow from a row to the next within a result
     * @param outColumn from a column to the next within a result
     * @param accumulate whether the result is added to what is there
     */
    record Transform(
            WinogradForm form,
            WinogradForm.Matrix matrix,
            int rows,
            int keptRows,
            int columns,
            int lanes,
            Steps in,
            int inRow,
            int inColumn,
            Steps out,
            int outRow,
            int outColumn,
            boolean accumulate)
            implements WinogradKernel {
        /** Whether each of its passes is a method of its own. */
        public boolean dividesPasses() {
            return form.matrix(matrix)[0].length > LONGEST_IN_ONE;
        }

        @Override
        public List<Operand> operands() {
            return Operand.list().floats("out", "in").own("local").list();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    tiles(Access.read("in").with(Access.Padding.LANES), work),
                    Access.write("local").floats(form.points() * Layout.LANES),
                    points(work));
        }

        /** Without a unit for each sample the outermost loop is one of blocks. */
        private Access outer(Access access, Steps steps, Step.Work work) {
            return work.unit() == Step.Work.Unit.SAMPLE
                    ? access.samples(steps.outer())
                    : access.loop(work.count() / rows, steps.outer());
        }

        Access tiles(Access access, Step.Work work) {
            int size = switch (matrix) {
                case WEIGHTS -> form.taps();
                default -> form.size();
            };
            return outer(access, in, work)
                    .loop(rows, in.row())
                    .loop(columns, in.column())
                    .loop(size, inRow)
                    .loop(size, inColumn)
                    .lanes(lanes);
        }

        private Access points(Step.Work work) {
            int size = matrix == WinogradForm.Matrix.OUTPUT ? form.outputs() : form.size();
            return outer(accumulate ? Access.update("out") : Access.write("out"), out, work)
                    .loop(keptRows, out.row())
                    .loop(columns, out.column())
                    .loop(size, outRow)
                    .loop(size, outColumn)
                    .lanes(lanes);
        }
    }

    /**
     * Points to tiles of results, with the bias, the epilogue and the pool of a {@link Tile}. A unit is a row of
     * tiles. Operands: c, [index], [the sum itself], points, [bias], the epilogue's further arguments, the worker's own
     * memory.
     *
     * @param form which algorithm
     * @param rows rows of tiles
     * @param keptRows rows of tiles that the points have room for
     * @param columns tiles of a row
     * @param lanes channels transformed at each place, a multiple of 16
     * @param in of the points
     * @param inPoint from a point to the next
     * @param biased whether a bias is added
     * @param outRows rows of results in all, pooled ones where it pools
     * @param outColumns columns of results in all
     * @param store what is done with the sums
     */
    record Output(
            WinogradForm form,
            int rows,
            int keptRows,
            int columns,
            int lanes,
            Steps in,
            int inPoint,
            boolean biased,
            int outRows,
            int outColumns,
            Store store)
            implements WinogradKernel {
        /** Whether each of its passes is a method of its own, however short its epilogue is. */
        public boolean dividesPasses() {
            return form.size() > LONGEST_IN_ONE;
        }

        /** Rows, and columns, of results that a tile stores. */
        public int stored() {
            return store.pooling().pools() ? form.outputs() / 2 : form.outputs();
        }

        @Override
        public List<Operand> operands() {
            return list("in").own("local").list();
        }

        /** What it writes, then what it makes that from, then what follows. */
        Operand.Builder list(String... sources) {
            return Operand.list()
                    .floats(store.writes().keySet())
                    .floats(sources)
                    .floatsIf(biased, "bias")
                    .floats(store.epilogue().reads().keySet());
        }

        @Override
        public ImageWalk image() {
            return new ImageWalk(List.of(outRows), outColumns, store.pooling().pools(), Map.of(), store.operands());
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            accesses.add(Access.read("in")
                    .with(Access.Padding.LANES)
                    .samples(in.outer())
                    .loop(keptRows, in.row())
                    .loop(columns, in.column())
                    .loop(form.points(), inPoint)
                    .lanes(lanes));
            accesses.addAll(reads());
            accesses.add(Access.write("local").floats(form.points() * Layout.LANES));
            accesses.addAll(writes());
            return accesses;
        }

        /** The bias and the epilogue's further operands. */
        List<Access> reads() {
            List<Access> accesses = new ArrayList<>();
            if (biased) {
                accesses.add(Access.read("bias").with(Access.Padding.LANES).lanes(lanes));
            }
            accesses.addAll(store.readAccesses(this::places));
            return accesses;
        }

        List<Access> writes() {
            return store.writeAccesses(this::places);
        }

        private Access places(Access access, Strides strides) {
            return access.samples(strides.sample())
                    .loop(outRows, strides.rows().get(0))
                    .loop(outColumns, strides.column())
                    .lanes(lanes);
        }
    }

    /**
     * All of a convolution, some rows of tiles at a time, whose points stay in the worker's own memory. Operands: the
     * output's results, in, weights, [bias], the output's further arguments, the worker's own memory.
     *
     * @param transform of the input
     * @param products of the points of some rows of tiles
     * @param output of the sums
     * @param points offset of the input's points in the worker's own memory
     * @param sums offset of the products
     */
    record Blocks(Transform transform, Tile products, Output output, int points, int sums) implements WinogradKernel {
        @Override
        public List<Operand> operands() {
            return output.list("in", "weights").own("local").list();
        }

        @Override
        public ImageWalk image() {
            return output.image();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            accesses.add(transform.tiles(Access.read("in").with(Access.Padding.LANES), work));
            accesses.add(new TileAccesses(products).loaded("weights"));
            accesses.addAll(output.reads());
            int sums = this.sums
                    + products.columns() * products.rows() * products.extent().lanes();
            accesses.add(Access.write("local").floats(sums));
            accesses.addAll(output.writes());
            return accesses;
        }

        @Override
        public List<Kernel.Called> calls() {
            return List.of(
                    new Kernel.Called("Transformed", transform),
                    new Kernel.Called("Products", products),
                    new Kernel.Called("Output", output));
        }

        /** Units of work for each sample. */
        public int units() {
            return (transform.rows() + transform.keptRows() - 1) / transform.keptRows();
        }

        /** Units of the products of one block. */
        public int productUnits() {
            return products.rows() * products.blocks();
        }
    }
}
