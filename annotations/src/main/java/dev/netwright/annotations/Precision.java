package dev.netwright.annotations;

/** What the compiler may trade for speed. */
public enum Precision {
    /**
     * Convolutions may be computed by algorithms of fewer multiplications, whose rounding differs: within 1e-5 of the
     * largest output.
     */
    DEFAULT,
    /** Every convolution is computed directly, as its formula is written. */
    EXACT
}
