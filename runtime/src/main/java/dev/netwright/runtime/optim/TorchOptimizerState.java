package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The exchange of optimisers' states with PyTorch, which numbers parameters through its groups and keeps every option in
 * the state: {@code {"state": {0: {"step": ..., "exp_avg": ...}}, "param_groups": [{"lr": ..., "params": [0]}]}}.
 */
final class TorchOptimizerState {
    private static final String STEP = "step";

    private TorchOptimizerState() {}

    /** As {@code optimizer.state_dict()}, of one that has its parameters. */
    static Map<String, Object> of(
            List<List<ParameterSpec>> grouped,
            List<? extends ParameterGroup<?>> groups,
            Map<String, Tensor> state,
            boolean countsSteps) {
        Map<Object, Object> states = new LinkedHashMap<>();
        List<Object> paramGroups = new ArrayList<>();
        long number = 0;
        for (int group = 0; group < groups.size(); group++) {
            ParameterGroup<?> here = groups.get(group);
            List<Object> numbers = new ArrayList<>();
            for (ParameterSpec spec : trained(grouped.get(group))) {
                Map<String, Object> own = ofParameter(spec, here, state, countsSteps);
                if (!own.isEmpty()) {
                    states.put(number, own);
                }
                numbers.add(number++);
            }
            Map<String, Object> options = new LinkedHashMap<>(here.torchOptions());
            options.put("params", numbers);
            paramGroups.add(options);
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("state", states);
        result.put("param_groups", paramGroups);
        return result;
    }

    private static Map<String, Object> ofParameter(
            ParameterSpec spec, ParameterGroup<?> group, Map<String, Tensor> state, boolean countsSteps) {
        Map<String, Object> own = new LinkedHashMap<>();
        String prefix = spec.key() + ".";
        state.forEach((key, tensor) -> {
            if (key.startsWith(prefix)) {
                own.put(key.substring(prefix.length()), tensor);
            }
        });
        // Parameters that are late have steps and scalars of their own.
        Object late = own.remove(STEP);
        if (own.isEmpty()) {
            return own;
        }
        group.torchScalars()
                .forEach(name -> own.putIfAbsent(name, scalar(group.numbers().get(name))));
        if (countsSteps) {
            float steps = (late != null ? (Tensor) late : state.get(STEP)).toLongArray()[0];
            own.put(STEP, scalar(steps));
        }
        return own;
    }

    static Tensor scalar(float value) {
        return Tensor.of(new float[] {value});
    }

    /** PyTorch's state as this library's, for the check that both have in common. */
    static Map<String, Tensor> tensors(
            List<List<ParameterSpec>> grouped,
            List<? extends ParameterGroup<?>> groups,
            Map<?, ?> state,
            List<TorchOptions> options,
            boolean countsSteps) {
        Map<?, ?> states = map(state.get("state"), "state");
        List<?> paramGroups = paramGroups(state);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        List<String> scalars = groups.get(0).torchScalars();
        Map<ParameterSpec, Map<?, ?>> owns = new LinkedHashMap<>();
        Map<ParameterSpec, Integer> groupOf = new LinkedHashMap<>();
        long steps = 0;
        for (int group = 0; group < options.size(); group++) {
            List<?> numbers = list(map(paramGroups.get(group), "param_groups").get("params"), "params");
            // model.parameters() holds frozen ones too, which have no state.
            List<ParameterSpec> all = grouped.get(group);
            List<ParameterSpec> specs = numbers.size() == all.size() ? all : trained(all);
            if (numbers.size() != specs.size()) {
                throw new IllegalArgumentException("The optimiser's group " + group + " has " + numbers.size()
                        + " parameters, but " + specs.size() + " trained ones in this model"
                        + (options.size() == 1 ? "." : "; groups must come in the same order."));
            }
            for (int i = 0; i < numbers.size(); i++) {
                if (specs.get(i).trained() && states.get(numbers.get(i)) != null) {
                    Map<?, ?> own = map(states.get(numbers.get(i)), "state");
                    steps = Math.max(steps, steps(own.get(STEP)));
                    owns.put(specs.get(i), own);
                    groupOf.put(specs.get(i), group);
                    add(specs.get(i), own, scalars, tensors);
                }
            }
        }
        // What does not count steps has made one, or more, if it keeps anything.
        long most = countsSteps || tensors.isEmpty() ? steps : 1;
        tensors.put(STEP, Tensor.ofLongs(new long[] {most}));
        if (countsSteps && most > 0) {
            addLate(owns, groupOf, groups.size(), scalars, most, tensors);
        }
        return tensors;
    }

    /** Scalars by groups, and for parameters that made fewer steps, or have other scalars, both by themselves. */
    private static void addLate(
            Map<ParameterSpec, Map<?, ?>> owns,
            Map<ParameterSpec, Integer> groupOf,
            int groups,
            List<String> scalars,
            long most,
            Map<String, Tensor> tensors) {
        float[][] ofGroups = new float[scalars.size()][groups];
        boolean[] set = new boolean[groups];
        owns.forEach((spec, own) -> {
            int group = groupOf.get(spec);
            if (steps(own.get(STEP)) == most && !set[group]) {
                set[group] = true;
                for (int i = 0; i < ofGroups.length; i++) {
                    ofGroups[i][group] = scalar(own.get(scalars.get(i)), scalars.get(i));
                }
            }
        });
        for (int i = 0; i < ofGroups.length; i++) {
            tensors.put(scalars.get(i), Tensor.wrap(ofGroups[i], groups));
        }
        owns.forEach((spec, own) -> {
            int group = groupOf.get(spec);
            boolean late = steps(own.get(STEP)) < most;
            for (int i = 0; i < ofGroups.length; i++) {
                late |= scalar(own.get(scalars.get(i)), scalars.get(i)) != ofGroups[i][group];
            }
            if (late) {
                tensors.put(spec.key() + "." + STEP, Tensor.ofLongs(new long[] {steps(own.get(STEP))}));
                scalars.forEach(name -> tensors.put(spec.key() + "." + name, scalar(scalar(own.get(name), name))));
            }
        });
    }

    private static List<ParameterSpec> trained(List<ParameterSpec> specs) {
        return specs.stream().filter(ParameterSpec::trained).toList();
    }

    static float scalar(Object value, String name) {
        if (value instanceof Tensor tensor && tensor.size() == 1) {
            return tensor.toFloat().toArray()[0];
        }
        if (value instanceof Number number) {
            return number.floatValue();
        }
        throw new IllegalArgumentException("The optimiser's state has " + value + " as " + name + ", not a number.");
    }

    private static void add(ParameterSpec spec, Map<?, ?> own, List<String> scalars, Map<String, Tensor> tensors) {
        own.forEach((name, value) -> {
            // SGD without momentum keeps None.
            if (!STEP.equals(name) && !scalars.contains(name) && value != null) {
                if (!(value instanceof Tensor tensor)) {
                    throw new IllegalArgumentException("The optimiser's state of " + spec.key() + " has " + value
                            + " as " + name + ", not a tensor.");
                }
                tensors.put(spec.key() + "." + name, tensor.toFloat());
            }
        });
    }

    /** PyTorch keeps steps as a float tensor, before 1.12 as an integer. */
    static long steps(Object step) {
        if (step == null) {
            return 0;
        }
        double value = step instanceof Tensor tensor && tensor.size() == 1
                ? tensor.toFloat().toArray()[0]
                : step instanceof Number number ? number.doubleValue() : -1;
        if (!(value >= 0 && value < Long.MAX_VALUE)) {
            throw new IllegalArgumentException("The optimiser's state has the step " + step + ", not a count.");
        }
        return (long) value;
    }

    /** The options of as many groups as there are here. */
    static List<TorchOptions> options(Map<?, ?> state, int groups) {
        List<?> paramGroups = paramGroups(state);
        if (paramGroups.size() != groups) {
            throw new IllegalArgumentException("The optimiser's state has " + paramGroups.size()
                    + " groups, but this optimiser has " + groups + ", its own options included. Make them alike.");
        }
        List<TorchOptions> options = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            options.add(new TorchOptions(group, map(paramGroups.get(group), "param_groups")));
        }
        return options;
    }

    static List<?> paramGroups(Map<?, ?> state) {
        return list(state.get("param_groups"), "param_groups");
    }

    static Map<?, ?> map(Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw notTorch(name);
    }

    static List<?> list(Object value, String name) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw notTorch(name);
    }

    static IllegalArgumentException notTorch(String name) {
        return new IllegalArgumentException(
                "This is not the state_dict() of an optimiser of PyTorch, which is a dictionary"
                        + " of \"state\" and \"param_groups\": \"" + name + "\" is missing or of another kind.");
    }
}
