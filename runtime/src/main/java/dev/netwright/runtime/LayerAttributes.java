package dev.netwright.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All attributes of a layer, in PyTorch's names and in the order in which PyTorch prints them. What is printed, what
 * tells one structure from another and what other formats are made of are read from this one list. Immutable; built by
 * generated code.
 *
 * <p>A value is an {@code int}, a {@code double}, a {@code boolean}, a text, an {@code int[]}, a {@code double[]}, or null
 * for Python's {@code None}. Reading one that is not there, or of another kind, is an {@link IllegalArgumentException}.
 */
public final class LayerAttributes {
    /** A layer without attributes, to begin with. */
    public static final LayerAttributes NONE = new LayerAttributes(List.of());

    /** Python's {@code None} among sizes. */
    public static final int NO_SIZE = Integer.MIN_VALUE;

    /** Where an attribute is told. */
    private enum Form {
        POSITIONAL,
        NAMED,
        WORD,
        LIST,
        UNPRINTED,
        IMPLIED;

        boolean isPrinted() {
            return compareTo(UNPRINTED) < 0;
        }
    }

    private record Attribute(String name, Object value, Form form) {
        private Attribute {
            Objects.requireNonNull(name, "name");
            if (!(value == null
                    || value instanceof Integer
                    || value instanceof Double
                    || value instanceof Boolean
                    || value instanceof String
                    || value instanceof int[]
                    || value instanceof double[])) {
                throw new IllegalArgumentException("The value of " + name + " is a "
                        + value.getClass().getSimpleName()
                        + ". Give an int, double, boolean, String, int[], double[] or null.");
            }
            value = copy(value);
        }

        private static Object copy(Object value) {
            if (value instanceof int[] sizes) {
                return sizes.clone();
            }
            return value instanceof double[] reals ? reals.clone() : value;
        }

        String text() {
            return switch (form) {
                case POSITIONAL -> value instanceof String text ? text : PythonFormat.value(value);
                case WORD -> name + "=" + value;
                case LIST -> name + "=[" + PythonFormat.elements(value) + "]";
                case NAMED, UNPRINTED, IMPLIED -> name + "=" + PythonFormat.value(value);
            };
        }
    }

    private final List<Attribute> attributes;

    private LayerAttributes(List<Attribute> attributes) {
        this.attributes = attributes;
    }

    private LayerAttributes with(String name, Object value, Form form) {
        List<Attribute> all = new ArrayList<>(attributes);
        all.add(new Attribute(name, value, form));
        return new LayerAttributes(List.copyOf(all));
    }

    /**
     * With one more, of which the value alone is printed, a text without quotes: {@code 3}.
     *
     * @param name PyTorch's
     * @param value of one of the kinds above
     * @return a copy
     */
    public LayerAttributes positional(String name, Object value) {
        return with(name, value, Form.POSITIONAL);
    }

    /**
     * With one more, printed with its name as Python shows values: {@code kernel_size=(3, 3)}, {@code mode='nearest'}.
     *
     * @param name PyTorch's
     * @param value of one of the kinds above
     * @return a copy
     */
    public LayerAttributes named(String name, Object value) {
        return with(name, value, Form.NAMED);
    }

    /**
     * With one more, printed with its name and without quotes: {@code padding=same}.
     *
     * @param name PyTorch's
     * @param value the word
     * @return a copy
     */
    public LayerAttributes word(String name, String value) {
        return with(name, Objects.requireNonNull(value, name), Form.WORD);
    }

    /**
     * With one more, printed with its name as a list in square brackets, not as a tuple: {@code mean=[0.5]}.
     *
     * @param name PyTorch's
     * @param values the numbers as Java writes them, with commas between them: a class has room for fewer constants than
     *     there may be
     * @return a copy
     */
    public LayerAttributes list(String name, String values) {
        double[] reals = Pattern.compile(",")
                .splitAsStream(values)
                .mapToDouble(Double::parseDouble)
                .toArray();
        return with(name, reals, Form.LIST);
    }

    /**
     * With one more, which changes the layer's result, but which PyTorch does not print: of {@code AvgPool2d} what its
     * sums are divided by.
     *
     * @param name PyTorch's
     * @param value of one of the kinds above
     * @return a copy
     */
    public LayerAttributes unprinted(String name, Object value) {
        return with(name, value, Form.UNPRINTED);
    }

    /**
     * With one more, told nowhere but here: it has PyTorch's default, or no effect.
     *
     * @param name PyTorch's
     * @param value of one of the kinds above
     * @return a copy
     */
    public LayerAttributes implied(String name, Object value) {
        return with(name, value, Form.IMPLIED);
    }

    /**
     * Which attributes there are.
     *
     * @return their names, in order
     */
    public List<String> names() {
        return attributes.stream().map(Attribute::name).toList();
    }

    /**
     * An attribute's value, of whatever kind.
     *
     * @param name PyTorch's
     * @return a copy; null for {@code None}
     */
    public Object value(String name) {
        for (Attribute attribute : attributes) {
            if (attribute.name.equals(name)) {
                return Attribute.copy(attribute.value);
            }
        }
        throw new IllegalArgumentException(
                "There is no attribute " + name + "; there are " + (attributes.isEmpty() ? "none" : names()) + ".");
    }

    /**
     * Whether an attribute's value is {@code None}.
     *
     * @param name PyTorch's
     * @return true if it is
     */
    public boolean isNone(String name) {
        return value(name) == null;
    }

    /**
     * An integer.
     *
     * @param name PyTorch's
     * @return its value
     */
    public int integer(String name) {
        return of(Integer.class, name, "an integer");
    }

    /**
     * A real number.
     *
     * @param name PyTorch's
     * @return its value
     */
    public double real(String name) {
        return of(Double.class, name, "a real number");
    }

    /**
     * A flag.
     *
     * @param name PyTorch's
     * @return its value
     */
    public boolean flag(String name) {
        return of(Boolean.class, name, "a flag");
    }

    /**
     * A text, such as a mode.
     *
     * @param name PyTorch's
     * @return its value
     */
    public String text(String name) {
        return of(String.class, name, "a text");
    }

    /**
     * Integers.
     *
     * @param name PyTorch's
     * @return a copy; of one element where the value is a single integer
     */
    public int[] integers(String name) {
        return value(name) instanceof Integer single ? new int[] {single} : of(int[].class, name, "integers");
    }

    /**
     * Real numbers.
     *
     * @param name PyTorch's
     * @return a copy; of one element where the value is a single number
     */
    public double[] reals(String name) {
        return value(name) instanceof Double single ? new double[] {single} : of(double[].class, name, "real numbers");
    }

    private <T> T of(Class<T> type, String name, String kind) {
        Object value = value(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "The attribute " + name + " is " + PythonFormat.value(value) + ", not " + kind + ".");
        }
        return type.cast(value);
    }

    /**
     * What PyTorch does not print of what changes the result.
     *
     * @return such as {@code count_include_pad=False}; empty if all are the defaults
     */
    public String unprinted() {
        return text(form -> form == Form.UNPRINTED);
    }

    private String text(Predicate<Form> forms) {
        return attributes.stream()
                .filter(attribute -> forms.test(attribute.form))
                .map(Attribute::text)
                .collect(Collectors.joining(", "));
    }

    /**
     * What PyTorch prints between a module's brackets.
     *
     * @return such as {@code in_features=64, out_features=10, bias=True}; empty if nothing
     */
    @Override
    public String toString() {
        return text(Form::isPrinted);
    }
}
