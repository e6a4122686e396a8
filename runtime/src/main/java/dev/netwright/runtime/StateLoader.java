package dev.netwright.runtime;

import dev.netwright.runtime.check.Shapes;
import dev.netwright.runtime.check.SimilarKeys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares a state dict with a model before anything is changed. */
final class StateLoader {
    private final Map<ParameterSpec, Tensor> accepted = new LinkedHashMap<>();
    private final LoadResult result;
    private final boolean takesSome;

    StateLoader(List<ParameterSpec> specs, Map<String, Tensor> state) {
        Set<String> unexpected = new LinkedHashSet<>(state.keySet());
        List<ParameterSpec> absent = new ArrayList<>();
        List<ParameterSpec> absentCounters = new ArrayList<>();
        List<LoadResult.Mismatched> mismatched = new ArrayList<>();
        for (ParameterSpec spec : specs) {
            unexpected.remove(spec.key());
            Tensor tensor = state.get(spec.key());
            if (tensor != null && fits(spec, tensor)) {
                accepted.put(spec, tensor);
            } else if (tensor != null) {
                mismatched.add(new LoadResult.Mismatched(spec.key(), spec.form(), found(tensor)));
            } else if (spec.kind() == ParameterSpec.Kind.COUNTER) {
                absentCounters.add(spec);
            } else {
                absent.add(spec);
            }
        }
        takesSome = !accepted.isEmpty();
        for (ParameterSpec spec : absentCounters) {
            if (unexpected.stream().anyMatch(key -> key.endsWith("." + spec.key()))) {
                // Behind a prefix, as the others then are.
                absent.add(spec);
            } else {
                // PyTorch before 0.4.1 saved no num_batches_tracked; PyTorch loads such states with 0.
                accepted.put(spec, Tensor.ofLongs(new long[1]));
            }
        }
        List<LoadResult.Missing> missing = new ArrayList<>();
        for (ParameterSpec spec : absent) {
            missing.add(new LoadResult.Missing(spec.key(), SimilarKeys.nearest(spec.key(), unexpected)));
        }
        result = new LoadResult(missing, List.copyOf(unexpected), mismatched);
    }

    /** What can be stored, of any type that converts. */
    Map<ParameterSpec, Tensor> accepted() {
        return accepted;
    }

    LoadResult result() {
        return result;
    }

    /** Whether anything of the state fits. */
    boolean takesSome() {
        return takesSome;
    }

    /** PyTorch copies what is saved into the parameter whatever its type; a complex number is not a real one. */
    private static boolean fits(ParameterSpec spec, Tensor tensor) {
        return tensor.dtype().convertible()
                && (spec.kind() == ParameterSpec.Kind.COUNTER
                        ? tensor.size() == 1
                        : Arrays.equals(spec.dimensions(), tensor.dimensions()));
    }

    private static String found(Tensor tensor) {
        return tensor.dtype() + Shapes.text(tensor.dimensions());
    }
}
