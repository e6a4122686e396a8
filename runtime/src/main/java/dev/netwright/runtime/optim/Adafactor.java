package dev.netwright.runtime.optim;

import dev.netwright.runtime.files.torch.PickledTuple;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Adam with the memory of rows and columns as {@code torch.optim.Adafactor} (Shazeer and Stern, 2018). At step t, with
 * w = t^beta2Decay and, over the last two dimensions of a parameter, R += w (mean of g^2 over columns - R) and
 * C += w (mean of g^2 over rows - C), V = R C / mean of R; a vector has V += w (g^2 - V). Then u = g / sqrt(V) is
 * divided by max(1, rms(u) / d), the parameters are scaled by 1 - lr * weightDecay, and move by
 * -min(lr, 1 / sqrt(t)) max(eps2, rms(parameter)) u.
 */
public final class Adafactor extends ShapedOptimizer<Adafactor, Adafactor.Group> {
    /** What PyTorch takes where the first eps is None. */
    private static final float MACHINE_EPSILON = 0x1p-23f;

    /** Options of some parameters. */
    public static final class Group extends ParameterGroup<Group> {
        private final GroupOption beta2Decay = option("beta2_decay", Range.NOT_POSITIVE, -0.8f);
        private final GroupOption d = option("d", Range.AT_LEAST_ONE, 1);
        private final GroupOption[] eps = tuple("eps", Range.NOT_NEGATIVE, MACHINE_EPSILON, 1e-3f);
        private float stepKeep;
        private float stepTake;
        private double stepRate;

        private Group(String pattern, Group parent) {
            super(pattern, parent);
        }

        /**
         * The power of the step that weighs the newest squares.
         *
         * @param value 0 or less
         * @return this
         */
        public Group beta2Decay(float value) {
            beta2Decay.set(value);
            return this;
        }

        /**
         * The smallest numbers to divide by and to scale with.
         *
         * @param first of the denominators; 2^-23, the rounding of a float, is PyTorch's {@code None}
         * @param second of the size of the parameter
         * @return this
         */
        public Group eps(float first, float second) {
            GroupOption.set(eps, first, second);
            return this;
        }

        /**
         * The root mean square at which updates are clipped.
         *
         * @param value 1 or more
         * @return this
         */
        public Group d(float value) {
            d.set(value);
            return this;
        }

        @Override
        void prepare(long step) {
            super.prepare(step);
            double rate = learningRate();
            stepKeep = (float) (1 - rate * weightDecay());
            stepTake = (float) power(step, beta2Decay.decimal());
            stepRate = Math.min(rate, 1 / Math.sqrt(step));
        }

        @Override
        Map<String, Object> torchOptions() {
            Map<String, Object> options = super.torchOptions();
            Float first = eps[0].get() == MACHINE_EPSILON ? null : (Float) eps[0].get();
            options.put("eps", new PickledTuple(Arrays.asList(first, eps[1].get())));
            return options;
        }

        @Override
        Runnable prepareTorchOptions(TorchOptions options) {
            List<?> pair = TorchOptions.elements(options.value("eps"));
            boolean machine = pair.size() == 2 && pair.get(0) == null;
            return super.prepareTorchOptions(
                    machine ? options.with("eps", List.of(MACHINE_EPSILON, pair.get(1))) : options);
        }
    }

    private final ShapedSlot variances = shapedSlot("variance", shape -> shape.length < 2 ? shape : null);
    private final ShapedSlot rows = shapedSlot("row_var", shape -> reduced(shape, 1));
    private final ShapedSlot columns = shapedSlot("col_var", shape -> reduced(shape, 2));
    /** By worker: the gradient, and then the update, of the parameter at hand. */
    private float[][] scratch = new float[0][];

    private double[][] sums = new double[0][];

    private Adafactor(float learningRate) {
        super(Group::new, learningRate);
    }

    /**
     * Adafactor with beta2Decay -0.8, eps of 2^-23 and 0.001, d 1 and no weight decay.
     *
     * @param learningRate 0 or more; PyTorch's default is 0.01
     * @return a new optimiser
     */
    public static Adafactor of(float learningRate) {
        return new Adafactor(learningRate);
    }

    /**
     * As {@link #of(float)}, with PyTorch's default rate of 0.01.
     *
     * @return a new optimiser
     */
    public static Adafactor of() {
        return of(0.01f);
    }

    /**
     * The weight decay, decoupled: it scales the parameters.
     *
     * @param value 0 or more; the default is 0
     * @return this
     */
    public Adafactor weightDecay(float value) {
        defaults.weightDecay(value);
        return this;
    }

    /**
     * The power of the step that weighs the newest squares.
     *
     * @param value 0 or less; the default is -0.8
     * @return this
     */
    public Adafactor beta2Decay(float value) {
        defaults.beta2Decay(value);
        return this;
    }

    /**
     * The smallest numbers to divide by and to scale with.
     *
     * @param first of the denominators; the default 2^-23, the rounding of a float, is PyTorch's {@code None}
     * @param second of the size of the parameter; the default is 0.001
     * @return this
     */
    public Adafactor eps(float first, float second) {
        defaults.eps(first, second);
        return this;
    }

    /**
     * The root mean square at which updates are clipped.
     *
     * @param value 1 or more; the default is 1
     * @return this
     */
    public Adafactor d(float value) {
        defaults.d(value);
        return this;
    }

    /** A matrix's shape with one of its last dimensions reduced to 1; null for a vector. */
    private static int[] reduced(int[] shape, int fromLast) {
        if (shape.length < 2) {
            return null;
        }
        int[] result = shape.clone();
        result[shape.length - fromLast] = 1;
        return result;
    }

    @Override
    void allocate(int length) {
        super.allocate(length);
        int largest = 0;
        int widest = 0;
        for (int i = 0; i < count(); i++) {
            ShapedParameter parameter = parameter(i);
            largest = Math.max(largest, parameter.elements());
            widest = Math.max(widest, parameter.columns());
        }
        if (scratch.length < workers()) {
            scratch = new float[workers()][largest];
            sums = new double[workers()][widest];
        }
    }

    @Override
    void update(int index, int worker, float[] values, float[] gradients) {
        ShapedParameter parameter = parameter(index);
        Group group = options(parameter.group());
        int elements = parameter.elements();
        float[] update = scratch[worker];
        // In storage order; padding is 0.
        int stored = parameter.spec().layout().size();
        double size = Math.sqrt(squares(values, parameter.spec().offset(), stored) / elements);
        parameter.readGradient(gradients, update);
        float smallest = Math.max(group.eps[0].get() * group.eps[0].get(), Float.MIN_NORMAL);
        if (parameter.isVector()) {
            ofVector(update, elements, variances.values(index), group.stepTake, smallest);
        } else {
            ofMatrices(parameter, update, rows.values(index), columns.values(index), group, smallest, sums[worker]);
        }
        double clipped = Math.max(1, Math.sqrt(squares(update, 0, elements) / elements) / group.d.decimal());
        double scale = Math.max(group.eps[1].decimal(), size) * group.stepRate / clipped;
        parameter.add(update, (float) (-group.stepSign * scale), values, group.stepKeep);
    }

    private static void ofVector(float[] g, int elements, float[] variance, float take, float smallest) {
        for (int i = 0; i < elements; i++) {
            float square = variance[i] + take * (g[i] * g[i] - variance[i]);
            variance[i] = square;
            g[i] = g[i] / (float) Math.sqrt(Math.max(square, smallest));
        }
    }

    private static void ofMatrices(
            ShapedParameter parameter,
            float[] g,
            float[] row,
            float[] column,
            Group group,
            float smallest,
            double[] sums) {
        int height = parameter.rows();
        int width = parameter.columns();
        for (int matrix = 0; matrix < parameter.matrices(); matrix++) {
            int firstRow = matrix * height;
            int firstColumn = matrix * width;
            double mean = 0;
            for (int r = 0; r < height; r++) {
                double now = squares(g, (firstRow + r) * width, width) / width;
                row[firstRow + r] += group.stepTake * (float) (now - row[firstRow + r]);
                mean += row[firstRow + r];
            }
            Arrays.fill(sums, 0, width, 0);
            for (int r = 0; r < height; r++) {
                addSquares(g, (firstRow + r) * width, width, sums);
            }
            for (int c = 0; c < width; c++) {
                column[firstColumn + c] += group.stepTake * (float) (sums[c] / height - column[firstColumn + c]);
            }
            float divisor = (float) Math.max(mean / height, Math.max(group.eps[0].get(), Float.MIN_NORMAL));
            for (int r = 0; r < height; r++) {
                scale(g, (firstRow + r) * width, width, row[firstRow + r] / divisor, column, firstColumn, smallest);
            }
        }
    }

    private static void scale(
            float[] g, int at, int width, float row, float[] column, int firstColumn, float smallest) {
        for (int c = 0; c < width; c++) {
            g[at + c] = g[at + c] / (float) Math.sqrt(Math.max(row * column[firstColumn + c], smallest));
        }
    }

    private static void addSquares(float[] a, int from, int length, double[] sums) {
        for (int i = 0; i < length; i++) {
            double value = a[from + i];
            sums[i] += value * value;
        }
    }

    /** Four sums side by side: one alone waits for each addition's latency. */
    private static double squares(float[] a, int from, int length) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int end = from + length;
        int i = from;
        for (; i + 3 < end; i += 4) {
            s0 += (double) a[i] * a[i];
            s1 += (double) a[i + 1] * a[i + 1];
            s2 += (double) a[i + 2] * a[i + 2];
            s3 += (double) a[i + 3] * a[i + 3];
        }
        for (; i < end; i++) {
            s0 += (double) a[i] * a[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
