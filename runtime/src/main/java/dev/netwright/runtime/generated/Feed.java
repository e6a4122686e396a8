package dev.netwright.runtime.generated;

import dev.netwright.runtime.LossDefinition;
import dev.netwright.runtime.ModelDefinition;
import dev.netwright.runtime.Port;
import java.util.List;
import java.util.Objects;

/** Arrays whose types are known only when they come, on their way into a program. */
final class Feed {
    private Feed() {}

    /** Refuses anything but one array of the right type for each input; lengths are checked by the pass. */
    static void checkInputs(ModelDefinition definition, Object[] arrays) {
        Objects.requireNonNull(arrays, "inputs");
        List<Port> inputs = definition.inputs();
        count(definition, "input", inputs.size(), arrays.length);
        for (int i = 0; i < arrays.length; i++) {
            inputs.get(i).checkType(arrays[i]);
        }
    }

    /** As {@link #checkInputs}, for the losses' targets. */
    static void checkTargets(ModelDefinition definition, Object[] arrays) {
        Objects.requireNonNull(arrays, "targets");
        List<LossDefinition> losses = definition.targetedLosses();
        if (definition.losses().isEmpty()) {
            throw new IllegalStateException(
                    definition.name() + " declares no loss, so it takes no targets. Add one to its"
                            + " class (@CrossEntropyLoss for classes, @MSELoss for values), or call forward and backward with a"
                            + " gradient.");
        }
        count(definition, "target", losses.size(), arrays.length);
        for (int i = 0; i < arrays.length; i++) {
            losses.get(i).checkType(arrays[i]);
        }
    }

    /** Refuses anything but one array for each output. */
    static void checkOutputs(ModelDefinition definition, float[][] arrays) {
        Objects.requireNonNull(arrays, "outputs");
        count(definition, "output", definition.outputs().size(), arrays.length);
    }

    private static void count(ModelDefinition definition, String what, int needed, int given) {
        if (given != needed) {
            throw new IllegalArgumentException(definition.name() + " has " + needed + " " + what
                    + (needed == 1 ? "" : "s") + ", but " + given + " " + (given == 1 ? "array was" : "arrays were")
                    + " given. Give one array for each, in declared order.");
        }
    }

    /** Sets arrays that were checked. */
    static void inputs(Program program, Object[] arrays) {
        for (int i = 0; i < arrays.length; i++) {
            Object array = arrays[i];
            if (array instanceof byte[] bytes) {
                program.input(i, bytes);
            } else if (array instanceof int[] ints) {
                program.input(i, ints);
            } else {
                program.input(i, (float[]) array);
            }
        }
    }

    /** Sets arrays that were checked. */
    static void targets(ModelDefinition definition, Program program, Object[] arrays) {
        int next = 0;
        for (int i = 0; i < definition.losses().size(); i++) {
            if (!definition.losses().get(i).hasTarget()) {
                continue;
            }
            Object array = arrays[next++];
            if (array instanceof int[] indices) {
                program.target(i, indices);
            } else {
                program.target(i, (float[]) array);
            }
        }
    }
}
