package dev.netwright.runtime;

import java.util.Map;

/**
 * What a checkpoint can hold beside the model: optimisers, schedules, loaders, and parts of an application's own. Loading
 * has two phases, so that a checkpoint of many parts is taken over as a whole or not at all.
 */
public interface Stateful {
    /**
     * A copy of the state, with everything that is needed to continue as if nothing had happened.
     *
     * @return tensors by name
     */
    Map<String, Tensor> stateDict();

    /**
     * Checks a state that {@link #stateDict()} gave, and changes nothing yet.
     *
     * @param state tensors by name
     * @return takes the state over; cannot fail, and is run at most once, before anything else happens to this object
     * @throws IllegalArgumentException if the state does not fit, with the first difference
     */
    Runnable prepareLoad(Map<String, Tensor> state);

    /**
     * What kind of state this is. A checkpoint refuses the state of another kind by name.
     *
     * @return the simple name of the class unless overridden; override it to rename the class and still read its
     *     checkpoints
     */
    default String stateKind() {
        return getClass().getSimpleName();
    }
}
