package dev.netwright.runtime;

import java.util.Objects;

/** What a user may choose when creating a model. Immutable: every setter returns changed options. */
public final class Options {
    private static final Options DEFAULTS = new Options(null, Threads.of(1));

    private final Threads threads;
    private final Threads predictionThreads;

    private Options(Threads threads, Threads predictionThreads) {
        this.threads = threads;
        this.predictionThreads = predictionThreads;
    }

    /**
     * Training in a team whose size follows the work: one thread for a small network, up to all processors that the
     * machine or its container grants for larger ones, as {@link Model#kernels()} tells. Models share these teams.
     * Prediction on the calling thread. The size decides the time alone: results are the same bits for any.
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
     * Predicts with a given team. Short predictions are now and then tried on the calling thread, and left to it where that
     * is faster.
     *
     * @param team shared by all predictors of the model, which take turns if it has two or more threads
     * @return changed options
     */
    public Options predictionThreads(Threads team) {
        return new Options(threads, Objects.requireNonNull(team, "team"));
    }

    /**
     * The team that trains a network.
     *
     * @param definition what the network is
     * @return the team given, or one as large as the network's operations are worth
     */
    public Threads threads(ModelDefinition definition) {
        return threads == null ? SharedTeams.of(definition) : threads;
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
