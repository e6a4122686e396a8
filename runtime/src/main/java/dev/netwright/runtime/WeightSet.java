package dev.netwright.runtime;

import java.util.Arrays;

/**
 * One set of a network's weights: trained values, running statistics and counters, in flat arrays that belong together.
 * A model has one set at a time and exchanges it as a whole. A prediction computes with the set that it began with; once
 * the last of them has ended, an exchanged set is garbage, with all that was derived from it. Training changes the
 * values of the set in place.
 */
public final class WeightSet {
    /** What predictions derive from a set, such as filters in another order. */
    public interface Derivation {
        /**
         * What is derived, and how. Derivations with equal keys compute the same numbers in the same places of arrays of
         * the same length, so that models which share weights share these too.
         *
         * @return the same at every call
         */
        String key();

        /**
         * Memory for it.
         *
         * @return a new array; without elements if nothing is derived
         */
        float[] allocate();

        /**
         * Computes it from the set's arrays.
         *
         * @param derived receives the results
         */
        void compute(float[] derived);
    }

    /** The result of one derivation. */
    private static final class Derived {
        final String key;
        final float[] results;
        volatile long version = NEVER;

        Derived(String key, float[] results) {
            this.key = key;
            this.results = results;
        }
    }

    private static final long NEVER = -1;
    private static final Derived[] NONE = {};

    private final float[] values;
    private final float[] buffers;
    private final long[] counters;
    private volatile long version;
    /** Most often one; one for each kind of model where several share the weights. */
    private volatile Derived[] derived = NONE;

    WeightSet(float[] values, float[] buffers, long[] counters) {
        this.values = values;
        this.buffers = buffers;
        this.counters = counters;
    }

    /**
     * Trained values.
     *
     * @return the array itself, in storage order
     */
    public float[] values() {
        return values;
    }

    /**
     * Running statistics.
     *
     * @return the array itself, in storage order
     */
    public float[] buffers() {
        return buffers;
    }

    /**
     * Counters.
     *
     * @return the array itself, by index
     */
    public long[] counters() {
        return counters;
    }

    /**
     * The same values in arrays of their own.
     *
     * @return another set
     */
    public WeightSet copy() {
        return new WeightSet(values.clone(), buffers.clone(), counters.clone());
    }

    /** Zeros in arrays of the same lengths. */
    WeightSet zeros() {
        return new WeightSet(new float[values.length], new float[buffers.length], new long[counters.length]);
    }

    boolean fits(WeightSet other) {
        return values.length == other.values.length
                && buffers.length == other.buffers.length
                && counters.length == other.counters.length;
    }

    long version() {
        return version;
    }

    /** Values have changed in place. */
    void changed() {
        version++;
    }

    /** Becomes the model's set. */
    void begin(long first) {
        forget();
        version = first;
    }

    /** Lets go of what was derived. Another time is for another array: some prediction may still read this one. */
    synchronized void forget() {
        derived = NONE;
    }

    /**
     * What predictions derive from the set, which all share that derive the same: computed by one thread, while others
     * wait, if values have changed since the last time.
     *
     * @param derivation computes it
     * @return the shared array
     */
    public float[] derived(Derivation derivation) {
        String key = derivation.key();
        Derived known = find(key);
        if (known != null && known.version == version) {
            return known.results;
        }
        synchronized (this) {
            Derived own = find(key);
            if (own == null) {
                own = new Derived(key, derivation.allocate());
                Derived[] more = Arrays.copyOf(derived, derived.length + 1);
                more[derived.length] = own;
                derived = more;
            }
            long current = version;
            if (own.version != current) {
                if (own.results.length > 0) {
                    derivation.compute(own.results);
                }
                own.version = current;
            }
            return own.results;
        }
    }

    private Derived find(String key) {
        for (Derived each : derived) {
            if (each.key.equals(key)) {
                return each;
            }
        }
        return null;
    }
}
