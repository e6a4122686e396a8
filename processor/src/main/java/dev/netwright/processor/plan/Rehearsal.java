package dev.netwright.processor.plan;

/** Which loops are cut short where kernels only run to be compiled. */
public final class Rehearsal {
    /** Turns of a loop that is cut short. */
    public static final int TURNS = 2;

    /** C2 unrolls shorter loops, given the count; their few turns are no burden to a rehearsal. */
    private static final int LONG = 8;

    private Rehearsal() {}

    /**
     * Whether a loop of vector code is cut short, and C2 does not write it out.
     *
     * @param count elements
     * @param turn elements of a turn
     */
    public static boolean shortens(int count, int turn) {
        return count > LONG * turn;
    }
}
