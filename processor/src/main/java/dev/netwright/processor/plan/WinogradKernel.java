package dev.netwright.processor.plan;

import dev.netwright.processor.graph.Expr;
import dev.netwright.processor.graph.WinogradForm;
import java.util.ArrayList;
import java.util.List;

/** The parts of a convolution by Winograd's algorithm that are not products; those are a {@link Kernel.Tile}. */
public sealed interface WinogradKernel extends Kernel {
    /** Operands that are written, the first ones. */
    int results();

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
        @Override
        public int results() {
            return 1;
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            return List.of(
                    tiles(Access.read(1).with(Access.Padding.LANES), work),
                    Access.write(2).floats(form.points() * Layout.LANES),
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
            return outer(accumulate ? Access.update(0) : Access.write(0), out, work)
                    .loop(keptRows, out.row())
                    .loop(columns, out.column())
                    .loop(size, outRow)
                    .loop(size, outColumn)
                    .lanes(lanes);
        }
    }

    /**
     * Points to tiles of results, with the bias, the epilogue and the pool of a {@link Kernel.Tile}. A unit is a row of
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
     * @param c of the results
     * @param epilogue f of the sum (argument 0) and further operands
     * @param keepsSum whether the sum is stored too
     * @param further strides of the further operands; the stored sum's first, if there is one
     * @param pooling over pairs of rows and columns
     * @param index of the places of the largest; null where they are not stored
     * @param placeRow floats from a row to the next in the convolution's input
     * @param placeColumn floats from a column to the next in it
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
            Kernel.Strides c,
            Expr epilogue,
            boolean keepsSum,
            List<Kernel.Strides> further,
            Kernel.Pooling pooling,
            Kernel.Strides index,
            int placeRow,
            int placeColumn)
            implements WinogradKernel {
        public Output {
            further = List.copyOf(further);
        }

        @Override
        public int results() {
            return 1 + (index != null ? 1 : 0) + (keepsSum ? 1 : 0);
        }

        /** Rows, and columns, of results that a tile stores. */
        public int stored() {
            return pooling == Kernel.Pooling.NONE ? form.outputs() : form.outputs() / 2;
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            int operand = results();
            accesses.add(Access.read(operand++)
                    .with(Access.Padding.LANES)
                    .samples(in.outer())
                    .loop(keptRows, in.row())
                    .loop(columns, in.column())
                    .loop(form.points(), inPoint)
                    .lanes(lanes));
            operand = further(accesses, operand);
            accesses.add(Access.write(operand).floats(form.points() * Layout.LANES));
            results(accesses);
            return accesses;
        }

        /** The bias and the epilogue's further operands, whose number is returned. */
        int further(List<Access> accesses, int first) {
            int operand = first;
            if (biased) {
                accesses.add(Access.read(operand++).with(Access.Padding.LANES).lanes(lanes));
            }
            for (Kernel.Strides strides : further.subList(keepsSum ? 1 : 0, further.size())) {
                accesses.add(places(Access.read(operand++).with(Access.Padding.LANES), strides));
            }
            return operand;
        }

        void results(List<Access> accesses) {
            accesses.add(places(Access.write(0), c));
            int operand = 1;
            if (index != null) {
                accesses.add(places(Access.write(operand++), index));
            }
            if (keepsSum) {
                accesses.add(places(Access.write(operand), further.get(0)));
            }
        }

        private Access places(Access access, Kernel.Strides strides) {
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
    record Blocks(Transform transform, Kernel.Tile products, Output output, int points, int sums)
            implements WinogradKernel {
        @Override
        public int results() {
            return output.results();
        }

        @Override
        public List<Access> accesses(Step.Work work) {
            List<Access> accesses = new ArrayList<>();
            int operand = results();
            accesses.add(transform.tiles(Access.read(operand++).with(Access.Padding.LANES), work));
            accesses.add(new TileAccesses(products).loaded(operand++));
            operand = output.further(accesses, operand);
            int sums = this.sums + products.columns() * products.rows() * products.blocks() * products.width();
            accesses.add(Access.write(operand).floats(sums));
            output.results(accesses);
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
