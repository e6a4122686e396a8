package dev.netwright.runtime.init;

/**
 * By how much a layer's weights are scaled for what follows it: the names that {@code torch.nn.init.calculate_gain} knows.
 */
public enum Gain {
    /** None; PyTorch has the names of convolutions for it too. */
    LINEAR(1),
    /** The logistic function, which PyTorch does not scale for. */
    SIGMOID(1),
    /** The hyperbolic tangent. */
    TANH(5.0 / 3),
    /** {@code max(0, x)}. */
    RELU(Math.sqrt(2)),
    /** A ReLU with a slope below 0, given to {@link #value(double)}. */
    LEAKY_RELU(gainOfLeakyReLU(0.01)),
    /** The scaled exponential linear unit. */
    SELU(0.75);

    private final double value;

    Gain(double value) {
        this.value = value;
    }

    private static double gainOfLeakyReLU(double slope) {
        return Math.sqrt(2 / (1 + slope * slope));
    }

    /**
     * {@code calculate_gain(nonlinearity)}.
     *
     * @return 1 for {@link #LINEAR} and {@link #SIGMOID}, 5 / 3 for {@link #TANH}, sqrt(2) for {@link #RELU}, 0.75 for
     *     {@link #SELU}; that of the slope 0.01 for {@link #LEAKY_RELU}
     */
    public double value() {
        return value;
    }

    /**
     * {@code calculate_gain(nonlinearity, a)}.
     *
     * @param a the slope below 0, which only {@link #LEAKY_RELU} has
     * @return sqrt(2 / (1 + a * a)) for {@link #LEAKY_RELU}, else {@link #value()}
     */
    public double value(double a) {
        return this == LEAKY_RELU ? gainOfLeakyReLU(a) : value;
    }
}
