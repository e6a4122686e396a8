package dev.netwright.runtime.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What optimisers have in common that keep their options in groups of one kind.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
public abstract class GroupedOptimizer<O extends GroupedOptimizer<O, G>, G extends ParameterGroup<G>>
        extends Optimizer {
    final G defaults;
    /** The optimiser's own options, then its groups. */
    final List<G> all = new ArrayList<>();

    private final BiFunction<String, G, G> newGroup;

    /**
     * An optimiser without groups beside its own options.
     *
     * @param newGroup of a pattern, with what it does not set for itself; that is null for the optimiser's own options
     */
    GroupedOptimizer(BiFunction<String, G, G> newGroup, float learningRate) {
        this(newGroup.apply("*", null), newGroup);
        defaults.firstRate(learningRate);
    }

    private GroupedOptimizer(G defaults, BiFunction<String, G, G> newGroup) {
        super(defaults);
        this.defaults = defaults;
        this.newGroup = newGroup;
        all.add(defaults);
    }

    @SuppressWarnings("unchecked")
    final O self() {
        return (O) this;
    }

    /** Declares state that every step needs, by a field's initializer, in the order of the state dict. */
    final Slot slot(String name) {
        return declare(new Slot(name, () -> true));
    }

    /** Declares state that is kept from the first step on for which some group needs it. */
    final Slot slot(String name, Predicate<G> needed) {
        return declare(new Slot(name, () -> some(needed)));
    }

    private boolean some(Predicate<G> condition) {
        for (int group = 0; group < all.size(); group++) {
            if (condition.test(all.get(group))) {
                return true;
            }
        }
        return false;
    }

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
        G group = newGroup.apply(pattern, defaults);
        options.accept(group);
        addGroup(group);
        all.add(group);
        return self();
    }

    final G options(int group) {
        return all.get(group);
    }
}
