package dev.netwright.processor.graph;

import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The attributes of one annotation. Whether one was written is never told from its value.
 *
 * @param written those the user wrote, in that order
 * @param defaults those the annotation gives a default to
 * @param unknown those that were not written though they have no default, or are wrong
 */
public record Attributes(Map<String, Object> written, Map<String, Object> defaults, Set<String> unknown) {
    /** Those that name inputs besides {@code from}, in the order of these inputs. */
    public static final List<String> NAMING =
            List.of("indices", "perSampleWeights", "initialState", "lengths", "memoryLengths");

    private static final int LARGEST_SIZE = 20_000;

    /** What a number is that is not known, so that the others can still be looked at. */
    private static final Object STAND_IN = 1;

    /**
     * Values are Integer, Long, Double, Boolean, String (also for the name of an enum's constant), {@link OperatorClass}
     * or a List of them.
     */
    public Attributes {
        written = Collections.unmodifiableMap(new LinkedHashMap<>(written));
        defaults = Map.copyOf(defaults);
        unknown = Set.copyOf(unknown);
    }

    /** With a value in another form than it was written in. */
    public Attributes with(String name, Object value) {
        Map<String, Object> all = new LinkedHashMap<>(written);
        all.put(name, value);
        return new Attributes(all, defaults, unknown);
    }

    /** The others. */
    public Attributes without(String name) {
        Map<String, Object> others = new LinkedHashMap<>(written);
        others.remove(name);
        Set<String> unknowns = new HashSet<>(unknown);
        unknowns.add(name);
        return new Attributes(others, defaults, unknowns);
    }

    public boolean isWritten(String name) {
        return written.containsKey(name);
    }

    /** Those that were written, as they stand between an annotation's brackets. */
    public String text() {
        return written.entrySet().stream()
                .map(each -> each.getKey() + " = " + text(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String text(String name, Object value) {
        if (value instanceof List<?> several) {
            String all = several.stream().map(each -> text(name, each)).collect(Collectors.joining(", "));
            return several.size() == 1 ? all : "{" + all + "}";
        } else if (value instanceof Integer size) {
            return NamedSizes.text(size);
        } else if (value instanceof OperatorClass operator) {
            return operator.simpleName() + ".class";
        }
        // of all that layers take, only names of other layers and of inputs are strings, and not constants of enums
        boolean names = name.equals("from") || NAMING.contains(name) || name.equals("value") && value instanceof String;
        return names ? '"' + value.toString() + '"' : value.toString();
    }

    /** A class with an operator's methods. */
    public OperatorClass operator(String name) {
        return get(name) instanceof OperatorClass operator ? operator : OperatorClass.UNKNOWN;
    }

    /** A value in whatever form. */
    public Object value(String name) {
        return get(name);
    }

    private Object get(String name) {
        Object known = written.containsKey(name) ? written.get(name) : defaults.get(name);
        Object value = known == null && unknown.contains(name) ? STAND_IN : known;
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

    /** Strings, or names of classes. */
    public List<String> texts(String name) {
        return list(name).stream().map(String.class::cast).toList();
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
            return Collections.nCopies(dimensions, sizes.get(0));
        }
        if (sizes.size() != dimensions) {
            boolean one = dimensions == 1;
            throw LayerException.ofValue(
                    name,
                    name + " has " + sizes.size() + " values, but takes one"
                            + (one ? "" : ", or one for each of " + dimensions + " dimensions"),
                    "Write " + name + " = " + (sizes.isEmpty() ? "1" : NamedSizes.text(sizes.get(0)))
                            + (one ? "." : ", or " + dimensions + " values."));
        }
        return sizes;
    }

    /**
     * As {@link #sizes}, each at least {@code least}; and not so large that sums and products of a few leave an int.
     */
    public List<Integer> sizes(String name, int dimensions, int least) {
        List<Integer> sizes = sizes(name, dimensions);
        if (Collections.min(sizes) < least) {
            throw LayerException.ofValue(
                    name,
                    name + " is " + sizesText(name) + ", but must be at least " + least,
                    "Write " + name + " = " + least + " or more.");
        }
        if (Collections.max(sizes) > LARGEST_SIZE) {
            throw LayerException.ofValue(
                    name,
                    name + " is " + sizesText(name) + ", but can be at most " + LARGEST_SIZE,
                    "Write " + name + " = " + LARGEST_SIZE + " or less.");
        }
        return sizes;
    }
}
