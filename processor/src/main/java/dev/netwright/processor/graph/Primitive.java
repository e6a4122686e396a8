package dev.netwright.processor.graph;

import java.util.List;

/**
 * What kernels are made for. Every layer is written in these, so that differentiation, fusion and planning know a dozen
 * operators however many layers there are.
 * Shapes are those of one sample; the batch is implied where a value is batched.
 */
public sealed interface Primitive {
    /** For texts. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Whether results are sums of products that lie along the last dimension, which fills vectors. */
    static boolean isProduct(Primitive primitive) {
        return primitive instanceof Product || primitive instanceof ProductInputGradient || primitive instanceof MatMul;
    }

    /** Whether it reads or writes a section of a value, or one with its border, or by other axes than the value has. */
    static boolean takesSection(Primitive primitive) {
        return primitive instanceof Pad
                || primitive instanceof PadGradient
                || primitive instanceof Slice
                || primitive instanceof Permute
                || primitive instanceof Concatenate
                || primitive instanceof ConvolveWeightGradient;
    }

    /** Whether the first input is read from the caller's array, so that nothing else need keep it. */
    static boolean readsCaller(Primitive primitive) {
        return primitive instanceof Load
                || primitive instanceof Lookup
                || primitive instanceof Gather
                || primitive instanceof GatherGradient;
    }

    /**
     * The geometry of a convolution without its channels.
     *
     * @param windows along each axis behind the channels
     * @param groups number of groups of channels that do not mix
     */
    record Convolution(List<Window> windows, int groups) {
        public Convolution {
            windows = List.copyOf(windows);
        }

        /** The windows along the last axis but one; a single row where there is one axis. */
        public Window rows() {
            return ImageAxes.rows(windows, Window.SINGLE);
        }

        /** The windows along each axis but the last; a single row where there is one axis. */
        public List<Window> lines() {
            return ImageAxes.lines(windows, Window.SINGLE);
        }

        /** The windows along the last axis. */
        public Window columns() {
            return ImageAxes.columns(windows);
        }

        /** Places of the kernel. */
        public int taps() {
            return windows.stream().map(Window::kernel).reduce(1, Math::multiplyExact);
        }

        /** What windows over an input make of it. */
        public Shape output(int channels) {
            return Shape.of(channels).and(windows.stream().map(Window::output).toList());
        }

        /** The weight from some channels of a group to all of the other side. */
        public Shape weight(int outer, int ofGroup) {
            return Shape.of(outer, ofGroup)
                    .and(windows.stream().map(Window::kernel).toList());
        }

        /** Whether every output sums over every input channel, so that outputs fill vectors. */
        public boolean isDense() {
            return groups == 1;
        }

        /** Whether each output is a sum over all channels of one place of the input, the same place as its own. */
        public boolean isPointwise() {
            return isDense() && windows.stream().allMatch(Window::isPointwise);
        }

        /** Whether each channel is convolved by itself, so that channels fill vectors. */
        public boolean isDepthwise(Shape weight) {
            return groups > 1 && weight.size(0) == groups && weight.size(1) == 1;
        }
    }

    /** A convolution or one of its gradients, whose sums are of products of all taps and channels. */
    sealed interface Convolving extends Primitive {
        Convolution convolution();

        /** The algorithm; null where the sums are computed as they are. */
        WinogradForm form();

        Convolving with(WinogradForm form);
    }

    /**
     * (x, weight[, bias]) to y.
     *
     * @param form Winograd's algorithm, or null
     */
    record Convolve(Convolution convolution, WinogradForm form) implements Convolving {
        public Convolve(Convolution convolution) {
            this(convolution, null);
        }

        @Override
        public Convolve with(WinogradForm other) {
            return new Convolve(convolution, other);
        }
    }

    /**
     * (gradient of y, weight[, bias]) to the gradient of x; transposed convolutions are this as a layer, with a bias.
     *
     * @param form Winograd's algorithm, or null
     */
    record ConvolveInputGradient(Convolution convolution, WinogradForm form) implements Convolving {
        public ConvolveInputGradient(Convolution convolution) {
            this(convolution, null);
        }

        @Override
        public ConvolveInputGradient with(WinogradForm other) {
            return new ConvolveInputGradient(convolution, other);
        }
    }

    /**
     * (x, gradient of y), added to the weight's gradient.
     *
     * @param form Winograd's algorithm, whose weights are then the gradient's tiles and whose outputs the taps; or null
     */
    record ConvolveWeightGradient(Convolution convolution, WinogradForm form) implements Convolving {
        public ConvolveWeightGradient(Convolution convolution) {
            this(convolution, null);
        }

        @Override
        public ConvolveWeightGradient with(WinogradForm other) {
            return new ConvolveWeightGradient(convolution, other);
        }
    }

    /**
     * Of a convolution behind which a max pool with windows of 2 x 2 lies, (x, gradient of the pool's output, index),
     * added to the weight's gradient: three quarters of the convolution's own gradient are zeros.
     */
    record SparseWeightGradient(Convolution convolution) implements Primitive {}

    /** As {@link SparseWeightGradient}, (gradient of the pool's output, weight, index) to the gradient of x. */
    record SparseInputGradient(Convolution convolution) implements Primitive {}

    /** (x, weight[, bias]) to y, over the last dimension. */
    record Product() implements Primitive {}

    /** (gradient of y, weight) to the gradient of x. */
    record ProductInputGradient() implements Primitive {}

    /** (x, gradient of y), added to the weight's gradient. */
    record ProductWeightGradient() implements Primitive {}

    /**
     * (x, y), matrices in their last two dimensions, to the matrix whose elements are sums over the columns of x and the
     * rows of y. Leading dimensions of size 1 are stretched to the other's; one that has the size 1 in the result though
     * not in an input is summed over too, outside, so that the gradients of this are this again.
     */
    record MatMul() implements Primitive {}

    /** A loop over time; inputs and outputs as the recurrence numbers them. */
    record Scan(Recurrence recurrence) implements Primitive {}

    /**
     * Element by element; arguments are broadcast as NumPy does, to the shape of the result, and over the batch where they
     * are not batched.
     */
    record Map(Expr expr) implements Primitive {}

    /**
     * Combines an expression of the arguments, which are broadcast as those of {@link Map}, over some dimensions; these
     * keep the size 1.
     *
     * @param kind how
     * @param expr of one element of each argument
     * @param dimensions of the sample that are combined
     * @param overBatch whether samples are combined too; the result is then not batched
     */
    record Reduce(Kind kind, Expr expr, List<Integer> dimensions, boolean overBatch) implements Primitive {
        public enum Kind {
            SUM,
            /** The sum divided by the number of elements, including the batch's where that is combined. */
            MEAN,
            MAX
        }

        public Reduce {
            dimensions = List.copyOf(dimensions);
        }
    }

    /**
     * A whole value divided by the number of elements in the batch.
     *
     * @param perSample elements that each sample has
     */
    record DivideByCount(int perSample) implements Primitive {}

    /** Adds a whole value to a parameter's gradient. */
    record Accumulate() implements Primitive {}

    /** Whether the result is the input's elements, or some of them, so that it can be seen where these lie. */
    static boolean isView(Primitive primitive) {
        return primitive instanceof Reshape || primitive instanceof Permute || primitive instanceof Slice;
    }

    /** The same elements in row-major order under another shape. */
    record Reshape() implements Primitive {}

    /**
     * The same elements, their dimensions in another order.
     *
     * @param order for each dimension of the result, which of the input's it is
     */
    record Permute(List<Integer> order) implements Primitive {
        public Permute {
            order = List.copyOf(order);
        }
    }

    /**
     * Max pooling of the axes behind the channels: (x, shifts...) to (y, index of the largest element's tap within its
     * window, row-major; the first of equals). Shifts are 1 where a window begins one cell behind, else 0: channels x
     * windows for each axis of {@link FractionalWindow}s.
     */
    record MaxPool(List<PoolWindow> windows) implements Primitive {
        public MaxPool {
            windows = List.copyOf(windows);
        }
    }

    /** (gradient of y, index) to the gradient of x. */
    record MaxPoolGradient(List<PoolWindow> windows) implements Primitive {
        public MaxPoolGradient {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Average pooling of the axes behind the channels.
     *
     * @param countIncludePad whether padding counts in the divisor
     * @param divisor instead of the count, if not 0
     */
    record AveragePool(List<PoolWindow> windows, boolean countIncludePad, int divisor) implements Primitive {
        public AveragePool {
            windows = List.copyOf(windows);
        }
    }

    /** (gradient of y) to the gradient of x. */
    record AveragePoolGradient(List<PoolWindow> windows, boolean countIncludePad, int divisor) implements Primitive {
        public AveragePoolGradient {
            windows = List.copyOf(windows);
        }
    }

    /**
     * Each element of the axes behind the channels a weighted sum of elements of x; its gradient by x is that with taps
     * transposed.
     *
     * @param axes the taps along each
     */
    record Resample(List<Taps> axes) implements Primitive {
        public Resample {
            axes = List.copyOf(axes);
        }

        /** Along the last axis but one; a single row where there is one axis. */
        public Taps rows() {
            return ImageAxes.rows(axes, Taps.SINGLE);
        }

        /** Along the last axis. */
        public Taps columns() {
            return ImageAxes.columns(axes);
        }

        public Resample transposed() {
            return new Resample(axes.stream().map(Taps::transposed).toList());
        }

        public boolean isIdentity() {
            return axes.stream().allMatch(taps -> taps.repeats() == 1);
        }
    }

    /**
     * Pads each dimension of the sample; negative amounts crop.
     *
     * @param before per dimension
     * @param after per dimension
     * @param mode what stands in the new places
     * @param value for {@link Mode#CONSTANT}
     */
    record Pad(List<Integer> before, List<Integer> after, Mode mode, float value) implements Primitive {
        public enum Mode {
            CONSTANT,
            REFLECT,
            REPLICATE,
            CIRCULAR
        }

        public Pad {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /** (gradient of the padded) to the gradient of x. */
    record PadGradient(Pad pad) implements Primitive {}

    /** Joins values along a dimension. */
    record Concatenate(int dimension) implements Primitive {}

    /** A part of a value along a dimension. */
    record Slice(int dimension, int from, int size) implements Primitive {}

    /**
     * Nothing to numbers drawn uniformly from 0 to 1, that excluded, with {@value #BITS} bits; a function of the model's
     * seed, the step, the layer and the element only.
     *
     * @param stream the layer's number
     * @param sharing who is given the same
     */
    record Draw(int stream, Sharing sharing) implements Primitive {
        /** Who is given the same numbers. */
        public enum Sharing {
            NONE,
            /** All samples of a pass. */
            SAMPLES,
            /** All samples of every pass, of every model: what is drawn is a constant. */
            PASSES
        }

        /** Each number is a whole one divided by 2 to the power of this. */
        public static final int BITS = 24;
    }

    /** Constants, one for each element along the first dimension. */
    record Table(List<Float> values) implements Primitive {
        public Table {
            values = List.copyOf(values);
        }
    }

    /**
     * As {@link Map}, of an input, which is read from the caller's array; the further arguments are tables.
     *
     * @param expr of the input (argument 0) and the tables
     */
    record Load(Expr expr) implements Primitive {}

    /** (input of bytes, {@link ByteTable}): what the table has for each byte, read from the caller's array. */
    record Lookup() implements Primitive {}

    /**
     * (byte / 255 - mean) / std for each byte from 0 to 255, one row for all channels or one for each.
     *
     * @param mean of each row
     * @param std of each row
     */
    record ByteTable(List<Float> mean, List<Float> std) implements Primitive {
        public ByteTable {
            mean = List.copyOf(mean);
            std = List.copyOf(std);
        }

        public int size() {
            return 256 * mean.size();
        }
    }

    /** (indices, weight) to the weight's rows, one for each index, read from the caller's array. */
    record Gather() implements Primitive {}

    /**
     * (indices, gradient of the rows), added to the weight's gradient in the order of the samples and their indices; where
     * the gradient is one row, each index adds that.
     *
     * @param padding the row that nothing is added to; -1 for none
     * @param byFrequency whether what is added to a row is divided by how often the whole batch names it
     */
    record GatherGradient(int padding, boolean byFrequency) implements Primitive {}

    /**
     * (mean, biased variance, running mean, running variance, counter) to nothing: updates the running statistics.
     *
     * @param momentum weight of the new value; NaN for the cumulative average
     * @param perSample elements that each sample added to a mean
     * @param joint whether the variance is that of all samples together, and the counter counts; else it is the mean of
     *     their own
     */
    record UpdateStatistics(double momentum, int perSample, boolean joint) implements Primitive {}

    /**
     * A primitive whose results go through an expression, and perhaps a pool, before they are stored. Inputs are the
     * anchor's, then the expression's further
     * arguments; outputs are the anchor's own result if it is kept, then the expression's or, with a pool, the pool's.
     *
     * @param anchor the primitive
     * @param anchorInputs how many of the inputs are the anchor's
     * @param epilogue of the anchor's element (argument 0) and the further inputs
     * @param keepsAnchor whether the anchor's result is stored too
     * @param pool a {@link MaxPool} or {@link AveragePool}, or null
     */
    record Fused(Primitive anchor, int anchorInputs, Expr epilogue, boolean keepsAnchor, Primitive pool)
            implements Primitive {
        /** A node's operator as one that is fused with something, if only with nothing. */
        public static Fused of(Node node) {
            return node.operator() instanceof Fused fused
                    ? fused
                    : new Fused(node.operator(), node.inputs().size(), Expr.arg(0), false, null);
        }

        /** What a node computes before any epilogue. */
        public static Primitive anchor(Node node) {
            return node.operator() instanceof Fused fused ? fused.anchor() : node.operator();
        }
    }

    /**
     * A convolution's or product's weight (first input) with each output's part multiplied by that output's factor
     * (second).
     */
    record ScaleOutputs() implements Primitive {}

    /** (inputs...) to y, by an operator of the user's. */
    record Custom(OperatorClass operator) implements Primitive {}

    /** (inputs..., y, gradient of y) to the gradient of each input. */
    record CustomGradient(OperatorClass operator) implements Primitive {}

    /**
     * (labels): for each class how many of a sample's labels are of it.
     *
     * @param ended whether the first negative label ends them
     */
    record CountLabels(boolean ended) implements Primitive {}

    /**
     * Connectionist temporal classification: (x, target, lengths) to the loss of each sample and the probabilities of ways,
     * which are memory that it needs; where the program trains, (x, target, lengths, factor) to both and the gradient by x,
     * multiplied by the factor.
     *
     * @param blank the class that is no label
     * @param zeroInfinity whether an infinite loss is 0
     * @param mean whether a sample's loss is divided by the number of its labels
     */
    record Ctc(int blank, boolean zeroInfinity, boolean mean) implements Primitive {}

    /**
     * Cross entropy over classes in dimension 0 of the sample: (x, target, weights of the classes) to the loss of each
     * sample or, unreduced, of each place; where the program trains, (x, target, weights, factor) to the same and the
     * gradient of their sum by x, multiplied by the factor.
     *
     * @param logProbabilities x is already logarithms of probabilities
     * @param probabilities targets are probabilities of classes, not indices
     * @param smoothing label smoothing
     * @param ignoreIndex the index that counts nothing
     * @param perElement whether losses stay apart
     */
    record CrossEntropy(
            boolean logProbabilities, boolean probabilities, double smoothing, int ignoreIndex, boolean perElement)
            implements Primitive {}
}
