package dev.netwright.runtime.init;

import java.util.Arrays;

/**
 * How a parameter gets its first values: the rules of {@code torch.nn.init}. What is uniform or constant agrees with
 * PyTorch bit for bit, what is normal to 5e-7 of its deviation (see {@link MersenneTwister}).
 */
public final class Initial {
    private interface Rule {
        void fill(float[] target, MersenneTwister generator);
    }

    /** What a rule takes from the generator. */
    private enum Draws {
        NOTHING,
        /** Nothing: the place of an element decides its value. */
        NOTHING_BY_PLACE,
        UNIFORM,
        NORMAL
    }

    private final String text;
    private final Draws draws;
    private final boolean divisible;
    private final Rule rule;

    private Initial(String text, Draws draws, Rule rule) {
        this(text, draws, draws == Draws.UNIFORM, rule);
    }

    private Initial(String text, Draws draws, boolean divisible, Rule rule) {
        this.text = text;
        this.draws = draws;
        this.divisible = divisible;
        this.rule = rule;
    }

    /**
     * PyTorch's default for the weights of Linear and convolution layers, {@code kaiming_uniform_(a=sqrt(5))}: uniform
     * within 1 / sqrt(fanIn), up to rounding.
     *
     * @param fanIn inputs of one output: input channels per group times kernel positions
     * @return the rule
     */
    public static Initial kaimingUniform(int fanIn) {
        double slope = Math.sqrt(5);
        return kaimingUniform(fanIn, Math.sqrt(2.0 / (1 + slope * slope)));
    }

    /**
     * {@code kaiming_uniform_}: uniform within gain * sqrt(3 / fan).
     *
     * @param fan fan-in or fan-out, as the mode says
     * @param gain {@code torch.nn.init.calculate_gain}, such as {@link Gain#value(double)}
     * @return the rule
     */
    public static Initial kaimingUniform(int fan, double gain) {
        double std = gain / Math.sqrt(positive("fan", fan));
        return symmetric("kaiming_uniform(fan=" + fan + ", gain=" + gain + ")", Math.sqrt(3.0) * std);
    }

    /**
     * {@code kaiming_normal_}: normal with standard deviation gain / sqrt(fan).
     *
     * @param fan fan-in or fan-out, as the mode says
     * @param gain {@code torch.nn.init.calculate_gain}, such as {@link Gain#value(double)}
     * @return the rule
     */
    public static Initial kaimingNormal(int fan, double gain) {
        return normal(0, gain / Math.sqrt(positive("fan", fan)));
    }

    /**
     * {@code xavier_uniform_}: uniform within gain * sqrt(6 / (fanIn + fanOut)).
     *
     * @param fanIn inputs of one output
     * @param fanOut outputs of one input
     * @param gain PyTorch's default is 1
     * @return the rule
     */
    public static Initial xavierUniform(int fanIn, int fanOut, double gain) {
        double std = xavierDeviation(fanIn, fanOut, gain);
        return symmetric("xavier_uniform(fans=" + fanIn + "+" + fanOut + ", gain=" + gain + ")", Math.sqrt(3.0) * std);
    }

    /**
     * {@code xavier_normal_}: normal with standard deviation gain * sqrt(2 / (fanIn + fanOut)).
     *
     * @param fanIn inputs of one output
     * @param fanOut outputs of one input
     * @param gain PyTorch's default is 1
     * @return the rule
     */
    public static Initial xavierNormal(int fanIn, int fanOut, double gain) {
        return normal(0, xavierDeviation(fanIn, fanOut, gain));
    }

    private static double xavierDeviation(int fanIn, int fanOut, double gain) {
        return gain * Math.sqrt(2.0 / (double) ((long) positive("fan-in", fanIn) + positive("fan-out", fanOut)));
    }

    /**
     * PyTorch's default for biases: uniform within 1 / sqrt(fanIn).
     *
     * @param fanIn inputs of one output of the layer
     * @return the rule
     */
    public static Initial uniformFanIn(int fanIn) {
        return symmetric("uniform(fan_in=" + fanIn + ")", 1 / Math.sqrt(positive("fan-in", fanIn)));
    }

    private static Initial symmetric(String text, double bound) {
        return new Initial(
                text, Draws.UNIFORM, (target, generator) -> generator.uniform(target, (float) -bound, (float) bound));
    }

    /**
     * {@code uniform_(low, high)}.
     *
     * @param low the lower end
     * @param high the upper end
     * @return the rule
     */
    public static Initial uniform(float low, float high) {
        return new Initial(
                "uniform(" + low + ", " + high + ")",
                Draws.UNIFORM,
                (target, generator) -> generator.uniform(target, low, high));
    }

    /**
     * {@code normal_(mean, std)}.
     *
     * @param mean the mean
     * @param std the standard deviation
     * @return the rule
     */
    public static Initial normal(double mean, double std) {
        return new Initial(
                "normal(" + mean + ", " + std + ")",
                Draws.NORMAL,
                (target, generator) -> generator.normal(target, mean, std));
    }

    /**
     * PyTorch's default for embeddings, {@code normal_()}, with one row of zeros.
     *
     * @param rowLength elements of a row
     * @param padding the row of zeros
     * @return the rule
     */
    public static Initial normalWithZeroRow(int rowLength, int padding) {
        return new Initial("normal(0.0, 1.0, row " + padding + " = 0)", Draws.NORMAL, (target, generator) -> {
            generator.normal(target, 0, 1);
            Arrays.fill(target, padding * rowLength, (padding + 1) * rowLength, 0f);
        });
    }

    /**
     * {@code trunc_normal_(mean, std, low, high)}: a normal distribution of which only what lies between two values is
     * left, as PyTorch draws it up to version 2.11, with a uniform number for each element. From 2.12 on it draws normal
     * numbers until all lie between, so that the same seed gives others there.
     *
     * <p>The values are those of {@code erfinv} without rounding errors. PyTorch's float arithmetic comes within 1e-6 of
     * the deviation up to three deviations from the mean, and 3e-5 up to five.
     *
     * @param mean the mean before what lies outside is cut off
     * @param std the standard deviation before that, above 0
     * @param low the lower end, -2 in PyTorch unless given
     * @param high the upper end, 2 in PyTorch unless given
     * @return the rule
     */
    public static Initial truncatedNormal(double mean, double std, double low, double high) {
        return new Initial(
                "trunc_normal(" + mean + ", " + std + ", " + low + ", " + high + ")",
                Draws.UNIFORM,
                new TruncatedNormal(mean, std, low, high)::fill);
    }

    /**
     * One value everywhere; nothing is drawn.
     *
     * @param value the value
     * @return the rule
     */
    public static Initial constant(float value) {
        return new Initial(
                "constant(" + value + ")", Draws.NOTHING, true, (target, generator) -> Arrays.fill(target, value));
    }

    /**
     * {@code eye_}: ones on the diagonal, zeros elsewhere; nothing is drawn.
     *
     * @param rows outputs
     * @param columns inputs
     * @return the rule
     */
    public static Initial eye(int rows, int columns) {
        return new Initial(
                "eye(" + rows + ", " + columns + ")",
                Draws.NOTHING_BY_PLACE,
                (target, generator) -> Identities.eye(target, rows, columns));
    }

    /**
     * {@code dirac_(groups)}: a convolution that passes its input channels on, as far as there are output channels for
     * them; nothing is drawn.
     *
     * @param groups each passes on its first channels
     * @param shape output channels, input channels of a group, and one to three dimensions of the kernel
     * @return the rule
     * @throws IllegalArgumentException if these are no weights of a convolution, or the groups do not divide its outputs
     */
    public static Initial dirac(int groups, int... shape) {
        int[] weights = shape.clone();
        Identities.checkDirac(groups, weights);
        return new Initial(
                "dirac(groups=" + groups + ")",
                Draws.NOTHING_BY_PLACE,
                (target, generator) -> Identities.dirac(target, groups, weights));
    }

    /**
     * {@code orthogonal_(gain)}: rows, or columns where there are fewer of them, that are orthogonal and as long as the
     * gain, made of normal numbers. To 1e-5 of the gain, which is what PyTorch's float arithmetic leaves of it.
     *
     * @param rows outputs
     * @param columns inputs of one output: input channels per group times kernel positions
     * @param gain PyTorch's default is 1
     * @return the rule
     */
    public static Initial orthogonal(int rows, int columns, double gain) {
        return new Initial(
                "orthogonal(" + rows + ", " + columns + ", gain=" + gain + ")", Draws.NORMAL, (target, generator) -> {
                    generator.normal(target, 0, 1);
                    Orthogonal.orthonormalize(target, rows, columns, (float) gain);
                });
    }

    private static int positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("The " + name + " must be at least 1, but is " + value + ".");
        }
        return value;
    }

    /**
     * Fills a row-major array, drawing in its order.
     *
     * @param target receives the values
     * @param generator the source of what is drawn; null for a rule that draws nothing
     */
    public void fill(float[] target, MersenneTwister generator) {
        rule.fill(target, generator);
    }

    /**
     * Draws what {@link #fill} would draw, and keeps nothing of it.
     *
     * @param elements the length of the array that is not filled
     * @param generator the source of what is drawn; null for a rule that draws nothing
     */
    public void skip(int elements, MersenneTwister generator) {
        switch (draws) {
            case NOTHING, NOTHING_BY_PLACE -> {}
            case UNIFORM -> generator.skip(elements);
            case NORMAL -> generator.skipNormal(elements);
        }
    }

    /**
     * Whether arrays that are filled one after the other hold what one array as long as all of them would.
     *
     * @return false for what is normal, as the last 16 of an array are drawn in a way of their own, and for what depends on
     *     the element's place
     */
    public boolean isDivisible() {
        return divisible;
    }

    @Override
    public String toString() {
        return text;
    }
}
