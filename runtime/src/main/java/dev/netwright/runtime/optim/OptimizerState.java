package dev.netwright.runtime.optim;

import dev.netwright.runtime.DType;
import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Parameters;
import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.check.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An optimiser's state dict, checked against the parameters and in storage order. */
record OptimizerState(
        long steps,
        List<LateParameters> late,
        Map<Slot, float[]> slots,
        Map<String, float[]> numbers,
        List<Shaped> shaped) {
    private static final String STEP = "step";

    /** State of a parameter in a shape of its own, row-major. */
    record Shaped(ShapedSlot slot, ParameterSpec spec, float[] values) {}

    /** The state of an optimiser, of its parameters only if it knows them. */
    static Map<String, Tensor> write(Optimizer optimizer) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        state.put(STEP, Tensor.ofLongs(new long[] {optimizer.steps()}));
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
        LateParameters late = optimizer.lateWith(spec);
        if (late != null) {
            long made = optimizer.steps() - late.behind();
            state.put(spec.key() + "." + STEP, Tensor.ofLongs(new long[] {made}));
            if (made == 0 && !optimizer.torchBeginsWithState()) {
                return;
            }
            List<String> names = optimizer.group(late.group()).torchScalars();
            for (int i = 0; i < names.size(); i++) {
                state.put(spec.key() + "." + names.get(i), Tensor.of(new float[] {late.scalars()[i]}));
            }
        }
        for (Slot slot : optimizer.slots()) {
            if (slot.values() != null) {
                float[] rowMajor = new float[spec.layout().elements()];
                spec.layout().unpack(slot.values(), spec.gradientOffset(), rowMajor);
                state.put(spec.key() + "." + slot.name(), Tensor.wrap(rowMajor, spec.shape()));
            }
        }
        for (ShapedSlot slot : optimizer.shapedSlots()) {
            if (slot.values(spec) != null) {
                state.put(
                        spec.key() + "." + slot.name(),
                        Tensor.wrap(slot.values(spec).clone(), slot.shape(spec)));
            }
        }
    }

    static OptimizerState of(Optimizer optimizer, Parameters parameters, Map<String, Tensor> state) {
        int groups = optimizer.groups().size();
        Tensor step = state.get(STEP);
        if (step == null || step.dtype() != DType.I64 || step.size() != 1 || step.toLongArray()[0] < 0) {
            throw new IllegalArgumentException("An optimiser's state has an I64 scalar \"step\" of 0 or more, but this"
                    + " one has " + step + ".");
        }
        Set<String> unused = new HashSet<>(state.keySet());
        unused.remove(STEP);
        Map<String, float[]> numbers = new LinkedHashMap<>();
        for (String name : optimizer.group(0).numbers().keySet()) {
            if (unused.remove(name)) {
                numbers.put(name, numbers(name, state.get(name), groups));
            }
        }
        Map<Slot, float[]> slots = new LinkedHashMap<>();
        List<ParameterSpec> specs =
                parameters.specs().stream().filter(optimizer::covers).toList();
        long steps = step.toLongArray()[0];
        List<ParameterSpec> kept = specs.stream()
                .filter(spec -> !optimizer.stepsApart() || has(optimizer, spec, state))
                .toList();
        // Before the first step, or where nothing is kept, no parameter is late.
        List<ParameterSpec> known = kept.isEmpty() ? specs : kept;
        List<LateParameters> late = late(optimizer, specs, known, state, steps, unused);
        for (Slot slot : optimizer.slots()) {
            slots.put(slot, read(parameters.gradientLength(), known, state, slot.name(), unused));
        }
        List<Shaped> shaped = shaped(optimizer, known, state, unused);
        for (ParameterSpec spec : specs) {
            if (!known.contains(spec)) {
                optimizer.shapedSlots().forEach(slot -> shaped.add(new Shaped(slot, spec, null)));
            }
        }
        if (!unused.isEmpty()) {
            throw new IllegalArgumentException("The optimiser's state has "
                    + unused.iterator().next()
                    + ", which belongs to no trained parameter or to another kind of optimiser. It keeps "
                    + names(optimizer, specs) + " for each parameter.");
        }
        return new OptimizerState(steps, late, slots, numbers, shaped);
    }

    /** Whether the state keeps anything of a parameter. */
    private static boolean has(Optimizer optimizer, ParameterSpec spec, Map<String, Tensor> state) {
        return names(optimizer, List.of(spec)).stream().anyMatch(name -> state.containsKey(spec.key() + "." + name));
    }

    /** A parameter of which the state keeps nothing has made no step. */
    private static List<LateParameters> late(
            Optimizer optimizer,
            List<ParameterSpec> specs,
            List<ParameterSpec> known,
            Map<String, Tensor> state,
            long steps,
            Set<String> unused) {
        List<LateParameters> late = new ArrayList<>();
        if (!optimizer.stepsApart()) {
            return late;
        }
        for (ParameterSpec spec : specs) {
            String key = spec.key() + "." + STEP;
            Tensor own = state.get(key);
            long made = known.contains(spec) ? steps : 0;
            if (own != null) {
                made = own.dtype() == DType.I64 && own.size() == 1 ? own.toLongArray()[0] : -1;
                unused.remove(key);
            }
            if (made < 0 || made > steps) {
                throw new IllegalArgumentException("The optimiser's state " + key + " must be an I64 scalar from 0 to "
                        + steps + ", but is " + own + ".");
            }
            int group = optimizer.groupOf(spec);
            float[] scalars = scalars(spec, optimizer.group(group).torchScalars(), state, unused);
            if (made == steps && scalars == null) {
                continue;
            }
            float[] kept = scalars != null
                    ? scalars
                    : new float[optimizer.group(group).torchScalars().size()];
            long behind = steps - made;
            late.stream()
                    .filter(others -> others.isAlike(group, behind, kept))
                    .findFirst()
                    .orElseGet(() -> {
                        late.add(new LateParameters(group, behind, kept));
                        return late.get(late.size() - 1);
                    })
                    .add(spec);
        }
        return late;
    }

    /** Those that a parameter has for itself; null if it has none. */
    private static float[] scalars(
            ParameterSpec spec, List<String> names, Map<String, Tensor> state, Set<String> unused) {
        float[] scalars = null;
        for (int i = 0; i < names.size(); i++) {
            String key = spec.key() + "." + names.get(i);
            Tensor tensor = state.get(key);
            if (tensor != null) {
                unused.remove(key);
                scalars = scalars == null ? new float[names.size()] : scalars;
                scalars[i] = tensor.dtype() == DType.F32 && tensor.size() == 1 ? tensor.toArray()[0] : Float.NaN;
                if (!Range.NOT_NEGATIVE.holds(scalars[i])) {
                    throw new IllegalArgumentException("The optimiser's state " + key
                            + " must be a finite F32 scalar that is not negative, but is " + tensor + ".");
                }
            }
        }
        return scalars;
    }

    private static Set<String> names(Optimizer optimizer, List<ParameterSpec> specs) {
        Set<String> names = new LinkedHashSet<>();
        optimizer.slots().forEach(slot -> names.add(slot.name()));
        for (ParameterSpec spec : specs) {
            optimizer.shapedSlots().stream()
                    .filter(slot -> slot.shape(spec) != null)
                    .forEach(slot -> names.add(slot.name()));
        }
        return names;
    }

    /** Either all of them are there, or none: before the first step. */
    private static List<Shaped> shaped(
            Optimizer optimizer, List<ParameterSpec> specs, Map<String, Tensor> state, Set<String> unused) {
        List<Shaped> found = new ArrayList<>();
        String absent = null;
        for (ParameterSpec spec : specs) {
            for (ShapedSlot slot : optimizer.shapedSlots()) {
                String key = spec.key() + "." + slot.name();
                int[] shape = slot.shape(spec);
                Tensor tensor = state.get(key);
                if (shape == null) {
                    continue;
                }
                if (tensor == null) {
                    absent = key;
                    continue;
                }
                if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.shape(), shape)) {
                    throw new IllegalArgumentException("The optimiser's state " + key + " must be F32"
                            + Shapes.text(shape) + ", but is " + tensor + ".");
                }
                found.add(new Shaped(slot, spec, tensor.toArray()));
                unused.remove(key);
            }
        }
        if (!found.isEmpty() && absent != null) {
            throw new IllegalArgumentException("The optimiser's state has "
                    + found.get(0).slot().name() + " for some parameters, but not " + absent + ".");
        }
        return found;
    }

    private static float[] numbers(String name, Tensor tensor, int groups) {
        if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.shape(), new int[] {groups})) {
            throw new IllegalArgumentException("The optimiser's state has its " + name + " as " + tensor + ", but this"
                    + " optimiser has " + groups + (groups == 1 ? " group" : " groups")
                    + ", its own options included, and needs F32[" + groups + "]. Add the same groups as then.");
        }
        float[] numbers = tensor.toArray();
        for (int group = 0; group < groups; group++) {
            boolean unset = Float.isNaN(numbers[group]) && (group > 0 || name.equals("scheduled_lr"));
            if (!unset && !Range.NOT_NEGATIVE.holds(numbers[group])) {
                throw new IllegalArgumentException("The optimiser's state has " + numbers[group] + " as the " + name
                        + " of group " + group + ", which must be " + Range.NOT_NEGATIVE.text() + ".");
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
            if (tensor.dtype() != DType.F32 || !Arrays.equals(tensor.shape(), spec.shape())) {
                throw new IllegalArgumentException(
                        "The optimiser's state " + key + " must be " + spec.form() + ", but is " + tensor + ".");
            }
            if (storage == null) {
                storage = new float[length];
            }
            spec.layout().pack(tensor, storage, spec.gradientOffset());
            unused.remove(key);
        }
        if (storage != null && absent != null) {
            throw new IllegalArgumentException(
                    "The optimiser's state has " + name + " for some parameters, but not " + absent + ".");
        }
        return storage;
    }
}
