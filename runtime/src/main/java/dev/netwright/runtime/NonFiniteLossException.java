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

    /**
     * A loss that stops a step before its update.
     *
     * @param loss NaN or infinite
     * @param detail about the losses, to follow the value; may be empty
     * @param layer the first layer at fault, its field's name; null if there is none
     * @param finding a clause about the first value that is not finite; may be empty
     */
    public NonFiniteLossException(float loss, String detail, String layer, String finding) {
        super("The loss is " + loss + detail
                + (finding.isEmpty() ? "" : "; " + finding)
                + ". Nothing was updated: weights, running statistics and optimiser are as before. Look for NaN in the"
                + " inputs, or lower the learning rate.");
        this.loss = loss;
        this.layer = layer;
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
