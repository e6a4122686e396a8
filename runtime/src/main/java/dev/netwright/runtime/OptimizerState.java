package dev.netwright.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An optimiser's state dict, checked against the parameters and in storage order. */
record OptimizerState(long steps, Map<String, float[]> slots, Map<String, float[]> numbers, List<Shaped> shaped) {
    /** State of a parameter in a shape of its own, row-major. */
    record Shaped(ParameterSpec spec, String name, float[] values) {}

    /** The state of an optimiser, of its parameters only if it knows them. */
    static Map<String, Tensor> write(Optimizer optimizer) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put("step", Tensor.ofLongs(new long[] {optimizer.steps()}));
        int groups = optimizer.groups().size();
        for (String name : optimizer.group(0).numbers().keySet()) {
            float[] numbers = new float[groups];
            for (int group = 0; group < groups; group++) {
                numbers[group] = optimizer.group(group).numbers().get(name);
            }
            state.put(name, Tensor.wrap(numbers, groups));
        }
        if (optimizer.owner() != null) {
            optimizer.owner().specs().stream().filter(optimizer::covers).forEach(spec -> write(optimizer, spec, state));
        }
        return state;
    }

    private static void write(Optimizer optimizer, ParameterSpec spec, Map<String, Tensor> state) {
        optimizer.slots().forEach((name, storage) -> {
            if (storage != null) {
                float[] rowMajor = new float[spec.layout().elements()];
                spec.layout().unpack(storage, spec.offset(), rowMajor);
                state.put(spec.key() + "." + name, Tensor.wrap(rowMajor, spec.shape()));
            }
        });
        optimizer.shapedSlots(spec).forEach((name, shape) -> {
            float[] array = optimizer.shaped(spec, name);
            if (array != null) {
                state.put(spec.key() + "." + name, Tensor.wrap(array.clone(), shape));
            }
        });
    }

    static OptimizerState of(Optimizer optimizer, Parameters parameters, Map<String, Tensor> state) {
        int groups = optimizer.groups().size();
        Tensor step = state.get("step");
        if (step == null || step.dtype() != DType.I64 || step.size() != 1 || step.toLongArray()[0] < 0) {
            throw new IllegalArgumentException("An optimiser's state has an I64 scalar \"step\" of 0 or more, but this"
                    + " one has " + step + ".");
        }
        Set<String> unused = new HashSet<>(state.keySet());
        unused.remove("step");
        Map<String, float[]> numbers = new LinkedHashMap<>();
        for (String name : optimizer.group(0).numbers().keySet()) {
            if (unused.remove(name)) {
                numbers.put(name, numbers(name, state.get(name), groups));
            }
        }
        Map<String, float[]> slots = new LinkedHashMap<>();
        List<ParameterSpec> specs =
                parameters.specs().stream().filter(optimizer::covers).toList();
        for (String name : optimizer.slots().keySet()) {
            slots.put(name, read(parameters.values().length, specs, state, name, unused));
        }
        List<Shaped> shaped = shaped(optimizer, specs, state, unused);
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("The optimiser's state has "
                    + unused.iterator().next()
                    + ", which belongs to no trained parameter or to another kind of optimiser. It keeps "
                    + names(optimizer, specs) + " for each parameter.");
        }
        return new OptimizerState(step.toLongArray()[0], slots, numbers, shaped);
    }

    private static Set<String> names(Optimizer optimizer, List<ParameterSpec> specs) {
        Set<String> names = new LinkedHashSet<>(optimizer.slots().keySet());
        specs.forEach(spec -> names.addAll(optimizer.shapedSlots(spec).keySet()));
        return names;
    }

    /** Either all of them are there, or none: before the first step. */
    private static List<Shaped> shaped(
            Optimizer optimizer, List<ParameterSpec> specs, Map<String, Tensor> state, Set<String> unused) {
        List<Shaped> found = new ArrayList<>();
        String absent = null;
        for (ParameterSpec spec : specs) {
            for (Map.Entry<String, int[]> slot : optimizer.shapedSlots(spec).entrySet()) {
                String key = spec.key() + "." + slot.getKey();
                Tensor tensor = state.get(key);
                if (tensor == null) {
                    absent = key;
                    continue;
                }
                if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.dimensions(), slot.getValue())) {
                    throw new IllegalArgumentException("The optimiser's state " + key + " must be F32"
                            + Shapes.text(slot.getValue()) + ", but is " + tensor + ".");
                }
                found.add(new Shaped(spec, slot.getKey(), tensor.toArray()));
                unused.remove(key);
            }
        }
        if (!found.isEmpty() && absent != null) {
            throw new IllegalArgumentException("The optimiser's state has "
                    + found.get(0).name() + " for some parameters, but not " + absent + ".");
        }
        return found;
    }

    private static float[] numbers(String name, Tensor tensor, int groups) {
        if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.dimensions(), new int[] {groups})) {
            throw new IllegalArgumentException("The optimiser's state has its " + name + " as " + tensor + ", but this"
                    + " optimiser has " + groups + (groups == 1 ? " group" : " groups")
                    + ", its own options included, and needs F32[" + groups + "]. Add the same groups as then.");
        }
        float[] numbers = tensor.toArray();
        for (int group = 0; group < groups; group++) {
            boolean unset = Float.isNaN(numbers[group]) && (group > 0 || name.equals("scheduled_lr"));
            if (!unset && !(numbers[group] >= 0 && numbers[group] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("The optimiser's state has " + numbers[group] + " as the " + name
                        + " of group " + group + ", which must be finite and not negative.");
            }
        }
        return numbers;
    }

    /** One state array; null if no parameter has it. */
    private static float[] read(
            int length, List<ParameterSpec> specs, Map<String, Tensor> state, String name, Set<String> unused) {
        float[] storage = null;
        String absent = null;
        for (ParameterSpec spec : specs) {
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
                storage = new float[length];
            }
            spec.layout().pack(tensor, storage, spec.offset());
            unused.remove(key);
        }
        if (storage != null && absent != null) {
            throw new IllegalArgumentException(
                    "The optimiser's state has " + name + " for some parameters, but not " + absent + ".");
        }
        return storage;
    }
}
