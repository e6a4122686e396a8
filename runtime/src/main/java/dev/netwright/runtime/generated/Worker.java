package dev.netwright.runtime.generated;

import dev.netwright.runtime.Threads;

/** One member of a team as generated code sees it: which share of the work is its own, and where the team meets. */
public final class Worker {
    /** Does everything, on any thread. */
    static final Worker ALONE = of(Threads.of(1))[0];

    private final int index;
    private final int count;
    private final Threads team;
    private final Worker[] among;

    private Worker(int index, int count, Threads team, Worker[] among) {
        this.index = index;
        this.count = count;
        this.team = team;
        this.among = among;
    }

    /**
     * This worker where only some of the team are worth what there is to do: the first ones have all shares, the others
     * empty ones. All still meet.
     *
     * @param most workers at most; less than 1 is 1
     * @return this worker with shares of a smaller team
     */
    public Worker among(int most) {
        return among[Math.max(1, Math.min(most, among.length)) - 1];
    }

    /** All members of a team, by index. */
    static Worker[] of(Threads team) {
        Worker[] workers = new Worker[team.count()];
        for (int i = 0; i < workers.length; i++) {
            Worker[] among = new Worker[workers.length];
            for (int size = 1; size <= workers.length; size++) {
                among[size - 1] = new Worker(i, size, team, among);
            }
            workers[i] = among[workers.length - 1];
        }
        return workers;
    }

    /**
     * Its place in the whole team.
     *
     * @return 0 for the calling thread, and so on; not less than {@link #count()} if it has no shares
     */
    public int index() {
        return index;
    }

    /**
     * How many workers have shares.
     *
     * @return at least 1
     */
    public int count() {
        return count;
    }

    /**
     * Where this worker's share of equal units begins. Shares are contiguous, ordered by worker, and differ by one unit
     * at most.
     *
     * @param units how many there are, 0 or more
     * @return the first unit of the share
     */
    public int begin(int units) {
        return (int) ((long) units * Math.min(index, count) / count);
    }

    /**
     * Where this worker's share of equal units ends.
     *
     * @param units how many there are, 0 or more
     * @return one past the last unit of the share; equal to {@link #begin} if the share is empty
     */
    public int end(int units) {
        return (int) ((long) units * Math.min(index + 1, count) / count);
    }

    /** Waits until all workers of the whole team have come here; what they wrote before is then visible to all. */
    public void barrier() {
        team.barrier(index);
    }

    /**
     * A barrier if it is needed. All workers say the same.
     *
     * @param needed whether steps before it and behind it are not all done by the first worker
     */
    public void meet(boolean needed) {
        if (needed) {
            barrier();
        }
    }

    /**
     * The first turn of a chain of steps: where there are samples enough for the team, each worker takes its samples one
     * after the other through all steps; else all samples go through each step together, in a single turn, and every
     * step is divided among the workers.
     *
     * @param samples how many there are
     * @return the first sample of this worker's share, or 0
     */
    public int firstTurn(int samples) {
        return isChained(samples) ? begin(samples) : 0;
    }

    /**
     * Where a chain's turns end.
     *
     * @param samples how many there are
     * @return one past the last turn
     */
    public int endTurn(int samples) {
        return isChained(samples) ? end(samples) : 1;
    }

    /**
     * Where this worker's units of a chain's step begin.
     *
     * @param units units of a sample
     * @param turn the turn
     * @param samples how many there are
     * @return the first unit
     */
    public int from(int units, int turn, int samples) {
        return isChained(samples) ? units * turn : begin(units * samples);
    }

    /**
     * Where this worker's units of a chain's step end.
     *
     * @param units units of a sample
     * @param turn the turn
     * @param samples how many there are
     * @return one past the last unit
     */
    public int to(int units, int turn, int samples) {
        return isChained(samples) ? units * (turn + 1) : end(units * samples);
    }

    /**
     * Stands between two steps of a chain: a barrier, unless the next step needs nothing of other workers.
     *
     * @param samples how many there are
     */
    public void link(int samples) {
        if (!isChained(samples)) {
            barrier();
        }
    }

    /** With four samples for each worker, one more makes a difference of a quarter at most. */
    private boolean isChained(int samples) {
        return count == 1 || samples >= 4 * count || samples == 2 * count;
    }
}
