package dev.netwright.runtime.init;

import java.util.Arrays;

/**
 * How a parameter gets its first values: the rules of {@code torch.nn.init}. What is uniform or constant agrees with
 * PyTorch bit for bit, what is normal to about 2.4e-7 (see {@link MersenneTwister}).
 */
public final class Initial {
    private interface Rule {
        void fill(float[] target, MersenneTwister generator);
    }

    private final String text;
    private final Rule rule;
    private final boolean divisible;

    private Initial(String text, boolean divisible, Rule rule) {
        this.text = text;
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
     * @param gain {@code torch.nn.init.calculate_gain}, such as sqrt(2) for ReLU
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
     * @param gain {@code torch.nn.init.calculate_gain}, such as sqrt(2) for ReLU
     * @return the rule
     */
    public static Initial kaimingNormal(int fan, double gain) {
        return normal(0, (float) (gain / Math.sqrt(positive("fan", fan))));
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
        return normal(0, (float) xavierDeviation(fanIn, fanOut, gain));
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
        return new Initial(text, true, (target, generator) -> generator.uniform(target, (float) -bound, (float) bound));
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
                true,
                (target, generator) -> generator.uniform(target, low, high));
    }

    /**
     * {@code normal_(mean, std)}.
     *
     * @param mean the mean
     * @param std the standard deviation
     * @return the rule
     */
    public static Initial normal(float mean, float std) {
        return new Initial(
                "normal(" + mean + ", " + std + ")", false, (target, generator) -> generator.normal(target, mean, std));
    }

    /**
     * One value everywhere; nothing is drawn.
     *
     * @param value the value
     * @return the rule
     */
    public static Initial constant(float value) {
        return new Initial("constant(" + value + ")", true, (target, generator) -> Arrays.fill(target, value));
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
     * Whether arrays that are filled one after the other hold what one array as long as all of them would.
     *
     * @return false for what is normal: the last 16 of an array are drawn in a way of their own
     */
    public boolean isDivisible() {
        return divisible;
    }

    @Override
    public String toString() {
        return text;
    }
}
