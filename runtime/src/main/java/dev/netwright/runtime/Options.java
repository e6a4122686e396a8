package dev.netwright.runtime;

import java.util.Objects;

/** What a user may choose when creating a model. Immutable: every setter returns changed options. */
public final class Options {
    /** Made when first needed. Models share it: more busy threads than processors would slow all of them. */
    private static final class AllProcessors {
        private static final Threads TEAM = Threads.all();
    }

    private static final Options DEFAULTS = new Options(null, Threads.of(1));

    private final Threads threads;
    private final Threads predictionThreads;

    private Options(Threads threads, Threads predictionThreads) {
        this.threads = threads;
        this.predictionThreads = predictionThreads;
    }

    /**
     * Training on all processors that the machine or its container grants, in one team that all models share;
     * prediction
     * on the calling thread.
     *
     * @return the options that hold without a choice
     */
    public static Options defaults() {
        return DEFAULTS;
    }

    /**
     * Trains with a new team.
     *
     * @param count its size, at least 1
     * @return changed options
     */
    public Options threads(int count) {
        return threads(Threads.of(count));
    }

    /**
     * Trains with a given team.
     *
     * @param team may be shared by models, which then take turns
     * @return changed options
     */
    public Options threads(Threads team) {
        return new Options(Objects.requireNonNull(team, "team"), predictionThreads);
    }

    /**
     * Predicts with a new team.
     *
     * @param count its size, at least 1
     * @return changed options
     */
    public Options predictionThreads(int count) {
        return predictionThreads(Threads.of(count));
    }

    /**
     * Predicts with a given team.
     *
     * @param team shared by all predictors of the model, which take turns if it has two or more threads
     * @return changed options
     */
    public Options predictionThreads(Threads team) {
        return new Options(threads, Objects.requireNonNull(team, "team"));
    }

    /**
     * The team that trains.
     *
     * @return the team given, or the one of all processors
     */
    public Threads threads() {
        return threads == null ? AllProcessors.TEAM : threads;
    }

    /**
     * The team that predicts.
     *
     * @return the calling thread alone unless given
     */
    public Threads predictionThreads() {
        return predictionThreads;
    }
}
