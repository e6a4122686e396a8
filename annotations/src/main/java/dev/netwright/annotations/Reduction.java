package dev.netwright.annotations;

/** How the losses of a batch become one number. */
public enum Reduction {
    /** Their mean; what it divides by is said by each loss. */
    MEAN,
    /** Their sum. */
    SUM,
    /**
     * They stay as they are. Such a network has no {@code trainStep}: its losses are read, weighed and given back by
     * hand, with {@code losses(...)} and {@code backward(gradient)}. Of several losses, {@code losses(...)} is an array for
     * each, of one number where it is another reduction; {@code backward} takes a gradient for each that is NONE, and the
     * others count once.
     */
    NONE,
    /** Their sum divided by the number of samples; for {@link KLDivLoss} alone. */
    BATCHMEAN
}
