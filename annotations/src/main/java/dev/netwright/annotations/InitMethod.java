package dev.netwright.annotations;

/**
 * The functions of {@code torch.nn.init}, for {@link Init}. Each takes the attributes named with it, and no others.
 * {@code fan_in} and {@code fan_out} are what {@link FanMode} tells of a weight of at least two dimensions.
 */
public enum InitMethod {
    /** {@code uniform_}: evenly from {@link Init#low} to {@link Init#high}. */
    UNIFORM,
    /** {@code normal_}: with {@link Init#mean} and {@link Init#std}. */
    NORMAL,
    /**
     * {@code trunc_normal_}: as {@link #NORMAL}, without what lies outside {@link Init#low} and {@link Init#high}, as
     * PyTorch draws it up to version 2.11.
     */
    TRUNC_NORMAL,
    /** {@code constant_}: {@link Init#constant} everywhere. */
    CONSTANT,
    /** {@code ones_}. */
    ONES,
    /** {@code zeros_}. */
    ZEROS,
    /** {@code xavier_uniform_}: within {@code gain * sqrt(6 / (fan_in + fan_out))}, with {@link Init#gain}. */
    XAVIER_UNIFORM,
    /** {@code xavier_normal_}: with the deviation {@code gain * sqrt(2 / (fan_in + fan_out))}, with {@link Init#gain}. */
    XAVIER_NORMAL,
    /**
     * {@code kaiming_uniform_}: within {@code gain * sqrt(3 / fan)}, the fan being {@link Init#mode}'s and the gain that
     * of {@link Init#nonlinearity} and {@link Init#a}. With {@code a = 2.23606797749979}, the root of 5, this is
     * {@code 1 / sqrt(fan)}.
     */
    KAIMING_UNIFORM,
    /** {@code kaiming_normal_}: with the deviation {@code gain / sqrt(fan)}, both as for {@link #KAIMING_UNIFORM}. */
    KAIMING_NORMAL,
    /**
     * {@code orthogonal_}: rows of {@code inputs * kernel} weights, or columns where these are fewer, that are orthogonal
     * and as long as {@link Init#gain}.
     */
    ORTHOGONAL,
    /** {@code eye_}: a weight of two dimensions with ones on its diagonal. */
    EYE,
    /**
     * {@code dirac_}: the weight of a convolution that passes on the first channels of each of {@link Init#groups}
     * groups.
     */
    DIRAC
}
