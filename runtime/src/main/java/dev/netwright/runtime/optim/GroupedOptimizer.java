package dev.netwright.runtime.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What optimisers have in common that keep their options in groups of one kind.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
abstract class GroupedOptimizer<O extends GroupedOptimizer<O, G>, G extends ParameterGroup<G>> extends Optimizer {
    final G defaults;
    private final List<G> all = new ArrayList<>();

    GroupedOptimizer(G defaults) {
        super(defaults);
        this.defaults = defaults;
        all.add(defaults);
    }

    abstract O self();

    abstract G newGroup(String pattern);

    /**
     * Whether to go up the gradient instead of down.
     *
     * @param value the default is false
     * @return this
     */
    public O maximize(boolean value) {
        defaults.maximize(value);
        return self();
    }

    /**
     * Other options for some parameters.
     *
     * @param pattern a glob over state-dict keys, in which {@code *} also crosses dots
     * @param options sets what differs
     * @return this
     */
    public O group(String pattern, Consumer<G> options) {
        G group = newGroup(pattern);
        options.accept(group);
        addGroup(group);
        all.add(group);
        return self();
    }

    final G options(int group) {
        return all.get(group);
    }

    final int groupCount() {
        return all.size();
    }

    @Override
    void prepare(int group, long step) {
        all.get(group).prepare(step);
    }

    /** Takes over, once nothing can fail any more, what the groups computed for the step. */
    final void commit() {
        for (int group = 0; group < all.size(); group++) {
            all.get(group).commit();
        }
    }
}
