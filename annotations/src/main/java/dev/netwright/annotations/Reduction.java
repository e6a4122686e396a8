package dev.netwright.annotations;

/** How the losses of a batch become one number. */
public enum Reduction {
    /** Their mean; what it divides by is said by each loss. */
    MEAN,
    /** Their sum. */
    SUM,
    /**
     * They stay as they are. Such a network has no {@code trainStep}: its losses are read, weighed and given back by
     * hand.
     */
    NONE,
    /** Their sum divided by the number of samples; for {@link KLDivLoss} alone. */
    BATCHMEAN
}
