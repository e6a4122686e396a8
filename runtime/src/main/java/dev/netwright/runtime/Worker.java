package dev.netwright.runtime;

/** One member of a team as generated code sees it: which share of the work is its own, and where the team meets. */
public final class Worker {
    private final int index;
    private final int count;
    private final Threads team;
    private final Worker alone;

    private Worker(int index, int count, Threads team) {
        this.index = index;
        this.count = count;
        this.team = team;
        this.alone = count == 1 ? this : new Worker(0, 1, Threads.of(1));
    }

    /**
     * This worker as a team of its own, for what is too little to share: every share is its own, no barrier waits.
     *
     * @return a worker of a team of one
     */
    public Worker alone() {
        return alone;
    }

    /** All members of a team, by index. */
    static Worker[] of(Threads team) {
        Worker[] workers = new Worker[team.count()];
        for (int i = 0; i < workers.length; i++) {
            workers[i] = new Worker(i, workers.length, team);
        }
        return workers;
    }

    /**
     * Its place in the team.
     *
     * @return 0 for the calling thread, to {@link #count()} - 1
     */
    public int index() {
        return index;
    }

    /**
     * The size of the team.
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
        return (int) ((long) units * index / count);
    }

    /**
     * Where this worker's share of equal units ends.
     *
     * @param units how many there are, 0 or more
     * @return one past the last unit of the share; equal to {@link #begin} if the share is empty
     */
    public int end(int units) {
        return (int) ((long) units * (index + 1) / count);
    }

    /** Waits until all workers have come here; what they wrote before is then visible to all. */
    public void barrier() {
        team.barrier(index);
    }
}
