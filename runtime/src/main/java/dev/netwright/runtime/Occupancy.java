package dev.netwright.runtime;

import java.util.function.Function;

/**
 * Who uses a model's weights at the moment: nobody, one training thread, or models' own predictors. A prediction that ran
 * while weights change in place would be computed with some of the old ones and some of the new. Models and optimisers
 * claim them by themselves, for all models that share them.
 */
public final class Occupancy {
    /**
     * The weights in use.
     *
     * @param store where they are
     * @param before added to the store's version, so that the model's never goes back when it is given another store
     */
    private record Held(WeightStore store, long before) {
        long version() {
            return before + store.weights().version();
        }
    }

    private volatile Held held;

    Occupancy(WeightSet weights) {
        held = new Held(new WeightStore(weights), 0);
    }

    /** Stays the model's while its monitor is held. */
    WeightStore store() {
        return held.store;
    }

    /** Does something while the store stays the model's. What captures nothing allocates nothing. */
    <T> T onStore(Function<WeightStore, T> action) {
        while (true) {
            WeightStore store = store();
            synchronized (store) {
                if (store == store()) {
                    return action.apply(store);
                }
            }
        }
    }

    long version() {
        return held.version();
    }

    /** Uses the other's weights from now on. */
    void share(Occupancy other) {
        WeightStore next = other.store();
        onStore(store -> {
            if (store != next) {
                store.leave();
                held = new Held(next, held.version() + 1 - next.weights().version());
            }
            return null;
        });
    }

    /**
     * Claims the weights for changes in place by the calling thread. Again by the same thread is fine: a failed
     * preparation leaves its claim behind.
     *
     * @return false if the thread has claimed them already
     * @throws IllegalStateException if another thread has, or a prediction runs
     */
    public boolean beginTraining() {
        return onStore(WeightStore::beginTraining);
    }

    /** Ends the calling thread's claim, if it has one. */
    public void endTraining() {
        store().endTraining();
    }

    /**
     * The model's own predictor begins.
     *
     * @throws IllegalStateException if the weights are being trained
     */
    public void beginPrediction() {
        onStore(store -> {
            store.beginPrediction();
            return null;
        });
    }

    /** The model's own predictor has ended. */
    public void endPrediction() {
        store().endPrediction();
    }
}
