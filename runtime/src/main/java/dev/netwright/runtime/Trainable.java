package dev.netwright.runtime;

/** What an optimiser and the functions on gradients need of a model. */
public interface Trainable {
    /**
     * The model's state.
     *
     * @return the one live instance
     */
    Parameters parameters();

    /**
     * The team that trains.
     *
     * @return the model's threads
     */
    Threads threads();
}
