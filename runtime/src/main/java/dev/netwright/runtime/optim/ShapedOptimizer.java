package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What optimisers have in common whose rule looks at a parameter as a whole. Each parameter is one worker's, whichever,
 * so that the result does not depend on their number; the largest parameter bounds what more workers gain.
 *
 * @param <O> the kind of optimiser, for chaining
 * @param <G> the kind of group
 */
abstract class ShapedOptimizer<O extends ShapedOptimizer<O, G>, G extends ParameterGroup<G>>
        extends GroupedOptimizer<O, G> {
    private ShapedParameter[] parameters = new ShapedParameter[0];

    ShapedOptimizer(G defaults) {
        super(defaults);
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
    }

    final ShapedParameter parameter(int index) {
        return parameters[index];
    }

    final int count() {
        return parameters.length;
    }

    final int indexOf(ParameterSpec spec) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].spec() == spec) {
                return i;
            }
        }
        throw new AssertionError(spec);
    }

    /** Updates one parameter. */
    abstract void update(int index, int worker, float[] values, float[] gradients);

    @Override
    final void updateShare(int worker, int workers) {
        float[] values = owner().values();
        float[] gradients = owner().gradients();
        for (int i = worker; i < parameters.length; i += workers) {
            if (isDue(parameters[i].spec())) {
                update(i, worker, values, gradients);
            }
        }
    }

    @Override
    final void update(int group, float[] values, float[] gradients, int from, int to) {
        throw new AssertionError();
    }
}
