package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What optimisers have in common whose rule looks at a parameter as a whole. Each parameter is one worker's, whichever,
 * so that the result does not depend on their number; the largest parameter bounds what more workers gain.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
public abstract class ShapedOptimizer<O extends ShapedOptimizer<O, G>, G extends ParameterGroup<G>>
        extends GroupedOptimizer<O, G> {
    private final List<ShapedSlot> shapedSlots = new ArrayList<>();
    private ShapedParameter[] parameters = new ShapedParameter[0];

    ShapedOptimizer(BiFunction<String, G, G> newGroup, float learningRate) {
        super(newGroup, learningRate);
    }

    /** Declares state with a shape of its own, by a field's initializer, in the order of the state dict. */
    final ShapedSlot shapedSlot(String name, UnaryOperator<int[]> shapes) {
        shapedSlots.add(new ShapedSlot(name, shapes));
        return shapedSlots.get(shapedSlots.size() - 1);
    }

    @Override
    final List<ShapedSlot> shapedSlots() {
        return shapedSlots;
    }

    @Override
    void bound(Parameters all) {
        List<ShapedParameter> found = new ArrayList<>();
        for (ParameterSpec spec : all.specs()) {
            if (covers(spec)) {
                found.add(new ShapedParameter(spec, groupOf(spec)));
            }
        }
        parameters = found.toArray(new ShapedParameter[0]);
        shapedSlots.forEach(slot -> slot.bind(parameters));
    }

    @Override
    void allocate(int length) {
        super.allocate(length);
        for (int i = 0; i < shapedSlots.size(); i++) {
            shapedSlots.get(i).allocate();
        }
    }

    final ShapedParameter parameter(int index) {
        return parameters[index];
    }

    final int count() {
        return parameters.length;
    }

    /** Updates one parameter. */
    abstract void update(int index, int worker, float[] values, float[] gradients);

    @Override
    final void updateShare(int worker, int workers) {
        float[] values = owner().values();
        float[] gradients = owner().gradientStorage();
        for (int i = worker; i < parameters.length; i += workers) {
            if (isDue(parameters[i].spec())) {
                update(i, worker, values, gradients);
            }
        }
    }

    @Override
    final void update(int group, float[] values, float[] gradients, float[][] kept, int from, int to) {
        throw new AssertionError();
    }
}
