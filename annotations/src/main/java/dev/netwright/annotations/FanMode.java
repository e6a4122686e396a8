package dev.netwright.annotations;

/**
 * Which fan of a weight {@link InitMethod#KAIMING_UNIFORM} and {@link InitMethod#KAIMING_NORMAL} divide by. As in
 * PyTorch, both are told from the weight's shape {@code (outputs, inputs, kernel...)}, of which the inputs are those of
 * one group: with groups, {@link #FAN_OUT} counts the outputs of all of them.
 */
public enum FanMode {
    /** {@code inputs * kernel}: keeps the size of activations. */
    FAN_IN,
    /** {@code outputs * kernel}: keeps the size of gradients. */
    FAN_OUT
}
