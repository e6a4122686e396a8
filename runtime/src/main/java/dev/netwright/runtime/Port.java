package dev.netwright.runtime;

/**
 * An input or output of a network.
 *
 * @param what how messages name it; made once, as checks run in every step
 * @param name as declared
 * @param shape one sample's; not copied
 */
record Port(String what, String name, int[] shape) {
    /** Refuses an array that is too short for n samples. */
    void check(float[] array, int n) {
        ArrayChecks.floats(what, array, n, shape);
    }
}
