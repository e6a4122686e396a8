package dev.netwright.processor.graph;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The attributes of one annotation. Whether one was written is never told from its value.
 *
 * @param written those the user wrote
 * @param defaults those the annotation gives a default to
 */
public record Attributes(Map<String, Object> written, Map<String, Object> defaults) {
    private static final int LARGEST_SIZE = 20_000;

    /**
     * Values are Integer, Long, Double, Boolean, String (also for the name of an enum's constant) or a List of them.
     */
    public Attributes {
        written = Map.copyOf(written);
        defaults = Map.copyOf(defaults);
    }

    public boolean isWritten(String name) {
        return written.containsKey(name);
    }

    private Object get(String name) {
        Object value = written.containsKey(name) ? written.get(name) : defaults.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no attribute " + name + " in " + this);
        }
        return value;
    }

    public int integer(String name) {
        return ((Number) get(name)).intValue();
    }

    double real(String name) {
        return ((Number) get(name)).doubleValue();
    }

    public boolean flag(String name) {
        return (Boolean) get(name);
    }

    /** Whole numbers as they were written. */
    public String sizesText(String name) {
        List<Integer> sizes = integers(name);
        String text = sizes.stream().map(NamedSizes::text).collect(Collectors.joining(", "));
        return sizes.size() == 1 ? text : "{" + text + "}";
    }

    /** A string, or the name of an enum's constant. */
    public String text(String name) {
        return (String) get(name);
    }

    public List<Integer> integers(String name) {
        return list(name).stream().map(value -> ((Number) value).intValue()).toList();
    }

    List<Double> reals(String name) {
        return list(name).stream().map(value -> ((Number) value).doubleValue()).toList();
    }

    private List<?> list(String name) {
        return get(name) instanceof List<?> values ? values : List.of(get(name));
    }

    /** One size per dimension, a single one standing for all. */
    public List<Integer> sizes(String name, int dimensions) {
        List<Integer> sizes = integers(name);
        if (sizes.size() == 1) {
            return java.util.Collections.nCopies(dimensions, sizes.get(0));
        }
        if (sizes.size() != dimensions) {
            throw new LayerException(
                    name,
                    name + " has " + sizes.size() + " values, but takes one, or one for each of " + dimensions
                            + " dimensions",
                    "Write " + name + " = " + (sizes.isEmpty() ? "1" : NamedSizes.text(sizes.get(0))) + ", or "
                            + dimensions + " values.");
        }
        return sizes;
    }

    /**
     * As {@link #sizes}, each at least {@code least}; and not so large that sums and products of a few leave an int.
     */
    public List<Integer> sizes(String name, int dimensions, int least) {
        List<Integer> sizes = sizes(name, dimensions);
        for (int size : sizes) {
            if (size < least) {
                throw new LayerException(
                        name,
                        name + " is " + NamedSizes.text(size) + ", but must be at least " + least,
                        "Write " + name + " = " + least + " or more.");
            }
            if (size > LARGEST_SIZE) {
                throw new LayerException(
                        name,
                        name + " is " + size + ", but can be at most " + LARGEST_SIZE,
                        "Write " + name + " = " + LARGEST_SIZE + " or less.");
            }
        }
        return sizes;
    }
}
