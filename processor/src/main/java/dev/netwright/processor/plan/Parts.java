package dev.netwright.processor.plan;

/** Equal parts of a loop, perhaps with one iteration more in the first ones. */
public record Parts(int count, int parts) {
    /** As few nearly equal parts as have no more iterations than {@code most}; more of them if they are equal. */
    static Parts of(int count, int most) {
        Parts fewest = fewest(count, most);
        for (int parts = fewest.parts(); parts <= fewest.parts() + fewest.parts() / 2; parts++) {
            if (count % parts == 0) {
                return new Parts(count, parts);
            }
        }
        return fewest;
    }

    /** As few nearly equal parts as have no more iterations than {@code most}. */
    static Parts fewest(int count, int most) {
        return new Parts(count, (count + most - 1) / most);
    }

    /** Iterations of the largest part. */
    public int largest() {
        return (count + parts - 1) / parts;
    }

    /** Iterations of the smallest part. */
    public int small() {
        return count / parts;
    }

    /** Parts that have one more. */
    public int longer() {
        return count % parts;
    }

    /** Iterations in all parts that have one more. */
    public int split() {
        return longer() * (small() + 1);
    }
}
