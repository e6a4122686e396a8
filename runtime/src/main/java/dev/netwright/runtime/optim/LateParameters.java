package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Parameters of one group that have made fewer steps than the others of an optimiser, alike in all that depends on the
 * number: they were frozen, or had no gradient, while the others moved.
 */
final class LateParameters {
    private final int group;
    private final long behind;
    private final float[] scalars;
    private final List<ParameterSpec> specs = new ArrayList<>();
    private Optimizer.Segment[] segments;

    /**
     * @param behind how many steps fewer
     * @param scalars the values of {@link ParameterGroup#torchScalars()}
     */
    LateParameters(int group, long behind, float[] scalars) {
        this.group = group;
        this.behind = behind;
        this.scalars = scalars;
    }

    boolean isAlike(int otherGroup, long otherBehind, float[] otherScalars) {
        return group == otherGroup && behind == otherBehind && Arrays.equals(scalars, otherScalars);
    }

    void add(ParameterSpec spec) {
        specs.add(spec);
        segments = Segments.joined(specs, any -> group);
    }

    int group() {
        return group;
    }

    long behind() {
        return behind;
    }

    /** Live. */
    float[] scalars() {
        return scalars;
    }

    Optimizer.Segment[] segments() {
        return segments;
    }

    boolean contains(ParameterSpec spec) {
        for (int i = 0; i < specs.size(); i++) {
            if (specs.get(i) == spec) {
                return true;
            }
        }
        return false;
    }
}
