package dev.netwright.runtime.optim;

import dev.netwright.runtime.Tensor;
import dev.netwright.runtime.files.torch.PickledTuple;
import java.util.LinkedHashMap;
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

    /** A number; the fallback where the version of PyTorch that wrote the file had no such option. */
    float number(String name, Range range, float fallback) {
        return has(name) ? number(name, options.get(name), range) : fallback;
    }

    float number(String name, Range range) {
        if (!has(name)) {
            throw missing(name);
        }
        return number(name, options.get(name), range);
    }

    private float number(String name, Object value, Range range) {
        if (!(plain(value) instanceof Number number) || !Float.isFinite(number.floatValue())) {
            throw refused(name, value, "a finite number");
        }
        return range.checked("\"" + name + "\" of group " + group, number.floatValue());
    }

    private IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("The optimiser's group " + group + " has no \"" + name
                + "\", so it is another kind of optimiser's. It has " + options.keySet() + ".");
    }

    /** Checks the numbers of one name, a single one or a tuple; the result takes them over. */
    Runnable prepare(String name, List<GroupOption> targets) {
        if (!has(name)) {
            throw missing(name);
        }
        Object value = options.get(name);
        List<?> elements = targets.size() == 1 ? List.of(value) : elements(value);
        if (elements.size() != targets.size()) {
            throw refused(name, value, targets.size() + " numbers");
        }
        float[] numbers = new float[targets.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(
                    targets.get(i).name(), elements.get(i), targets.get(i).range());
        }
        return () -> {
            for (int i = 0; i < numbers.length; i++) {
                targets.get(i).restore(numbers[i]);
            }
        };
    }

    static List<?> elements(Object value) {
        return value instanceof PickledTuple tuple ? tuple.elements() : value instanceof List<?> l ? l : List.of();
    }

    /** A learning rate may be a tensor, for PyTorch's compiled optimisers. */
    private static Object plain(Object value) {
        return value instanceof Tensor tensor && tensor.size() == 1
                ? tensor.toFloat().toArray()[0]
                : value;
    }

    /** The same options but for one. */
    TorchOptions with(String name, Object value) {
        Map<Object, Object> changed = new LinkedHashMap<>(options);
        changed.put(name, value);
        return new TorchOptions(group, changed);
    }

    Object value(String name) {
        return options.get(name);
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

    IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "The optimiser's group " + group + " has " + value + " as \"" + name + "\", not " + expected + ".");
    }
}
