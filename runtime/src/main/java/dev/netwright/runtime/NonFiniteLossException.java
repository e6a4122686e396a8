package dev.netwright.runtime;

/**
 * A loss was NaN or infinite. It is thrown before anything is updated: weights, running statistics, optimiser and
 * random
 * masks are as before the step.
 */
public final class NonFiniteLossException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** NaN or infinite. */
    private final float loss;

    NonFiniteLossException(float loss, String detail) {
        super("The loss is " + loss + detail + ". Nothing was updated: weights, running statistics and optimiser are as"
                + " before. Look for NaN in the inputs, or lower the learning rate.");
        this.loss = loss;
    }

    /**
     * The loss.
     *
     * @return NaN or infinite
     */
    public float loss() {
        return loss;
    }
}
