package dev.netwright.annotations;

/** What follows a layer, and so the gain that its weights have: the names of {@code torch.nn.init.calculate_gain}. */
public enum Nonlinearity {
    /** None: a gain of 1. PyTorch has the names of convolutions for it too. */
    LINEAR,
    /** The logistic function: a gain of 1. */
    SIGMOID,
    /** The hyperbolic tangent: a gain of 5 / 3. */
    TANH,
    /** {@code max(0, x)}: a gain of sqrt(2). */
    RELU,
    /** A ReLU with the slope {@link Init#a} below 0: a gain of {@code sqrt(2 / (1 + a * a))}. */
    LEAKY_RELU,
    /** The scaled exponential linear unit: a gain of 0.75. */
    SELU
}
