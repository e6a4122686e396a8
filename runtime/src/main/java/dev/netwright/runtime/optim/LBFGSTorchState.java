package dev.netwright.runtime.optim;

import dev.netwright.runtime.ParameterSpec;
import dev.netwright.runtime.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The exchange of {@link LBFGS} with PyTorch, whose state belongs to the first parameter and holds vectors of all
 * parameters one after the other.
 *
 * @param tensors the state under this library's names
 * @param options takes over the options
 */
record LBFGSTorchState(Map<String, Tensor> tensors, Runnable options) {
    static Map<String, Object> of(Map<String, Object> own, LBFGSOptions options, List<ParameterSpec> specs) {
        Map<String, Object> group = new LinkedHashMap<>(options.torchOptions());
        group.put("params", LongStream.range(0, trained(specs).size()).boxed().toList());
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("state", own.isEmpty() ? Map.of() : Map.of(0L, own));
        result.put("param_groups", List.of(group));
        return result;
    }

    static LBFGSTorchState read(Object state, List<ParameterSpec> specs, LBFGSOptions options) {
        Map<?, ?> map = TorchOptimizerState.map(state, "state");
        Runnable prepared =
                options.prepareTorchOptions(TorchOptimizerState.options(map, 1).get(0));
        Map<?, ?> states = TorchOptimizerState.map(map.get("state"), "state");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        long iterations = 0;
        if (states.get(0L) != null) {
            Map<?, ?> own = TorchOptimizerState.map(states.get(0L), "state");
            iterations = (long) number(own, "n_iter", tensors);
            number(own, "func_evals", tensors);
            number(own, "t", tensors);
            split(specs, own.get("d"), "d", tensors);
            split(specs, own.get("prev_flat_grad"), "prev_flat_grad", tensors);
            for (String name : List.of("old_dirs", "old_stps")) {
                List<?> vectors = TorchOptimizerState.list(own.get(name), name);
                for (int i = 0; i < vectors.size(); i++) {
                    split(specs, vectors.get(i), name + "." + i, tensors);
                }
            }
        }
        tensors.put("step", Tensor.ofLongs(new long[] {Math.min(iterations, 1)}));
        return new LBFGSTorchState(tensors, prepared);
    }

    private static float number(Map<?, ?> own, String name, Map<String, Tensor> tensors) {
        float value = TorchOptimizerState.scalar(own.get(name), name);
        tensors.put(name, Tensor.of(new float[] {value}, 1));
        return value;
    }

    static Tensor flatten(List<ParameterSpec> specs, float[] storage) {
        List<ParameterSpec> trained = trained(specs);
        float[] flat = new float[length(trained)];
        int at = 0;
        for (ParameterSpec spec : trained) {
            float[] rowMajor = new float[spec.layout().elements()];
            spec.layout().unpack(storage, spec.gradientOffset(), rowMajor);
            System.arraycopy(rowMajor, 0, flat, at, rowMajor.length);
            at += rowMajor.length;
        }
        return Tensor.wrap(flat, flat.length);
    }

    private static void split(List<ParameterSpec> specs, Object vector, String name, Map<String, Tensor> tensors) {
        List<ParameterSpec> trained = trained(specs);
        int length = length(trained);
        if (!(vector instanceof Tensor tensor) || tensor.size() != length) {
            throw new IllegalArgumentException("The optimiser's state has " + vector + " as " + name
                    + ", not a vector of the model's " + length + " trained elements.");
        }
        float[] flat = tensor.toFloat().toArray();
        int at = 0;
        for (ParameterSpec spec : trained) {
            int end = at + spec.layout().elements();
            tensors.put(spec.key() + "." + name, Tensor.of(Arrays.copyOfRange(flat, at, end), spec.shape()));
            at = end;
        }
    }

    private static int length(List<ParameterSpec> trained) {
        return trained.stream().mapToInt(spec -> spec.layout().elements()).sum();
    }

    private static List<ParameterSpec> trained(List<ParameterSpec> specs) {
        return specs.stream().filter(ParameterSpec::trained).toList();
    }
}
