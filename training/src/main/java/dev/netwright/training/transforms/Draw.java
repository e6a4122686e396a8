package dev.netwright.training.transforms;

import java.util.random.RandomGenerator;

/** Random numbers that are the same on every JDK, which its own methods of ranges do not promise. */
final class Draw {

    private Draw() {}

    static double uniform(RandomGenerator random, double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    static double logUniform(RandomGenerator random, double low, double high) {
        return StrictMath.exp(uniform(random, StrictMath.log(low), StrictMath.log(high)));
    }
}
