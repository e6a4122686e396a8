package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** State of parameters under one name, for each in a row-major array of a shape of its own. */
final class ShapedSlot {
    private static final int NONE = -1;

    private final String name;
    private final UnaryOperator<int[]> shapes;
    private ShapedParameter[] parameters = new ShapedParameter[0];
    private float[][] values = new float[0][];
    private int[] elements = new int[0];

    /**
     * Nothing yet.
     *
     * @param name PyTorch's
     * @param shapes from a parameter's shape to the state's; null for a parameter that has none
     */
    ShapedSlot(String name, UnaryOperator<int[]> shapes) {
        this.name = name;
        this.shapes = shapes;
    }

    String name() {
        return name;
    }

    /** Null for a parameter that has no such state. */
    int[] shape(ParameterSpec spec) {
        return shapes.apply(spec.shape());
    }

    void bind(ShapedParameter[] stepped) {
        parameters = stepped;
        values = new float[stepped.length][];
        elements = new int[stepped.length];
        for (int i = 0; i < stepped.length; i++) {
            int[] shape = shape(stepped[i].spec());
            elements[i] = shape == null ? NONE : Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        }
    }

    void allocate() {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && elements[i] != NONE) {
                values[i] = new float[elements[i]];
            }
        }
    }

    /** Live, by the place of the parameter; null before the first step. */
    float[] values(int index) {
        return values[index];
    }

    float[] values(ParameterSpec spec) {
        return values[indexOf(spec)];
    }

    /** Takes over what was loaded: an array, or null for none. */
    void values(ParameterSpec spec, float[] loaded) {
        values[indexOf(spec)] = loaded;
    }

    private int indexOf(ParameterSpec spec) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].spec() == spec) {
                return i;
            }
        }
        throw new AssertionError(spec);
    }
}
