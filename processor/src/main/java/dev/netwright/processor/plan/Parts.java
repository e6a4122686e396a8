package dev.netwright.processor.plan;

/** Equal parts of a loop, perhaps with one iteration more in the first ones. */
public record Parts(int count, int parts) {
    /** As few nearly equal parts as have no more iterations than {@code most}; more of them if they are equal. */
    static Parts of(int count, int most) {
        int fewest = (count + most - 1) / most;
        for (int parts = fewest; parts <= fewest + fewest / 2; parts++) {
            if (count % parts == 0) {
                return new Parts(count, parts);
            }
        }
        return new Parts(count, fewest);
    }

    /** Iterations of the largest part. */
    public int largest() {
        return (count + parts - 1) / parts;
    }

    /** Iterations of the smallest part. */
    public int small() {
        return count / parts;
    }

    /** Iterations in all parts that have one more. */
    public int split() {
        return count % parts * (small() + 1);
    }
}
