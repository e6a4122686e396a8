package dev.netwright.runtime;

/**
 * A loss was NaN or infinite. It is thrown before anything is updated: weights, running statistics, optimiser and random
 * masks are as before the step. The message names the first layer with a value that is not finite.
 */
public final class NonFiniteLossException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** NaN or infinite. */
    private final float loss;
    /** Null if no layer is at fault. */
    private final String layer;

    NonFiniteLossException(float loss, String detail, NonFiniteSearch search) {
        super("The loss is " + loss + detail
                + (search.finding().isEmpty() ? "" : "; " + search.finding())
                + ". Nothing was updated: weights, running statistics and optimiser are as before. Look for NaN in the"
                + " inputs, or lower the learning rate.");
        this.loss = loss;
        this.layer = search.layer();
    }

    /**
     * The first layer, in the order of computation, of which a weight or an output is not finite.
     *
     * @return the declared field's name; null if the inputs are at fault, or the loss alone
     */
    public String layer() {
        return layer;
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
