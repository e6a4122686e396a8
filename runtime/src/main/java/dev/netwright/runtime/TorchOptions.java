package dev.netwright.runtime;

import dev.netwright.runtime.torch.PickledTuple;
import java.util.List;
import java.util.Map;

/** The options of one of PyTorch's {@code param_groups}, each checked as it is read. */
final class TorchOptions {
    private final int group;
    private final Map<?, ?> options;

    TorchOptions(int group, Map<?, ?> options) {
        this.group = group;
        this.options = options;
    }

    boolean has(String name) {
        return options.get(name) != null;
    }

    /** A finite number; the fallback where the version of PyTorch that wrote the file had no such option. */
    float number(String name, float fallback) {
        Object value = options.get(name);
        if (value == null) {
            return fallback;
        }
        // A learning rate may be a tensor, for PyTorch's compiled optimisers.
        Object plain = value instanceof Tensor tensor && tensor.size() == 1
                ? tensor.toFloat().toArray()[0]
                : value;
        if (!(plain instanceof Number number) || !Float.isFinite(number.floatValue())) {
            throw refused(name, value, "a finite number");
        }
        return number.floatValue();
    }

    float notNegative(String name, float fallback) {
        return ParameterGroup.notNegative("\"" + name + "\" of group " + group, number(name, fallback));
    }

    float required(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException("The optimiser's group " + group + " has no \"" + name
                    + "\", so it is another kind of optimiser's. It has " + options.keySet() + ".");
        }
        return notNegative(name, 0);
    }

    boolean flag(String name, boolean fallback) {
        Object value = options.get(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof Boolean flag)) {
            throw refused(name, value, "True or False");
        }
        return flag;
    }

    /** Two numbers from 0 to below 1. */
    float[] betas(String name) {
        Object value = options.get(name);
        List<?> pair =
                value instanceof PickledTuple tuple ? tuple.elements() : value instanceof List<?> l ? l : List.of();
        float[] betas = new float[2];
        for (int i = 0; i < 2; i++) {
            boolean valid = pair.size() == 2
                    && pair.get(i) instanceof Number number
                    && number.floatValue() >= 0
                    && number.floatValue() < 1;
            if (!valid) {
                throw refused(name, value, "two numbers from 0 to below 1");
            }
            betas[i] = ((Number) pair.get(i)).floatValue();
        }
        return betas;
    }

    private IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "The optimiser's group " + group + " has " + value + " as \"" + name + "\", not " + expected + ".");
    }
}
