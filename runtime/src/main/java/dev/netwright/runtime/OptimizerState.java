package dev.netwright.runtime;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** An optimiser's state dict, checked against the parameters and in storage order. */
record OptimizerState(long steps, Map<String, float[]> slots) {

    static OptimizerState of(Parameters parameters, Map<String, Tensor> state, Set<String> names) {
        Tensor step = state.get("step");
        if (step == null || step.dtype() != DType.I64 || step.size() != 1 || step.toLongArray()[0] < 0) {
            throw new IllegalArgumentException("An optimiser's state has an I64 scalar \"step\" of 0 or more, but this"
                    + " one has " + step + ".");
        }
        Set<String> unused = new HashSet<>(state.keySet());
        unused.remove("step");
        Map<String, float[]> slots = new LinkedHashMap<>();
        for (String name : names) {
            slots.put(name, read(parameters, state, name, unused));
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("The optimiser's state has "
                    + unused.iterator().next()
                    + ", which belongs to no trained parameter or to another kind of optimiser. It keeps " + names
                    + " for each parameter.");
        }
        return new OptimizerState(step.toLongArray()[0], slots);
    }

    /** One state array; null if no parameter has it. */
    private static float[] read(Parameters parameters, Map<String, Tensor> state, String name, Set<String> unused) {
        float[] storage = null;
        String absent = null;
        for (ParameterSpec spec : parameters.specs()) {
            if (!spec.trained()) {
                continue;
            }
            String key = spec.key() + "." + name;
            Tensor tensor = state.get(key);
            if (tensor == null) {
                absent = key;
                continue;
            }
            if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.dimensions(), spec.dimensions())) {
                throw new IllegalArgumentException("The optimiser's state " + key + " must be "
                        + StateLoader.expected(spec) + ", but is " + tensor + ".");
            }
            if (storage == null) {
                storage = new float[parameters.values().length];
            }
            spec.layout().pack(tensor.floats(), storage, spec.offset());
            unused.remove(key);
        }
        if (storage != null && absent != null) {
            throw new IllegalArgumentException(
                    "The optimiser's state has " + name + " for some parameters, but not " + absent + ".");
        }
        return storage;
    }
}
