package dev.netwright.runtime.generated;

import dev.netwright.runtime.Parameters;

/** What all predictors of a model derive from its parameters, and which version of them it was derived from. */
final class PreparedWeights {
    private final float[] values;
    private volatile long version = -1;

    PreparedWeights(float[] values) {
        this.values = values;
    }

    float[] values() {
        return values;
    }

    /** Runs the computation if parameters have changed since the last; by one thread, while others wait. */
    void renew(Parameters parameters, Runnable computation) {
        if (values.length == 0 || version == parameters.version()) {
            return;
        }
        synchronized (this) {
            long current = parameters.version();
            if (version != current) {
                computation.run();
                version = current;
            }
        }
    }
}
