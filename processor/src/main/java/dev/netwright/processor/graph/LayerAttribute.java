package dev.netwright.processor.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An attribute of a layer as PyTorch knows it. What a model prints and its fingerprint, exported files and generated
 * comments are made of these.
 *
 * @param name PyTorch's
 * @param value an integer, a real number, a flag, a text, a list of integers or of real numbers, or null for None
 * @param form where it is told
 */
public record LayerAttribute(String name, Object value, Form form) {
    /** None among sizes. */
    public static final int NO_SIZE = Integer.MIN_VALUE;

    /** Where an attribute is told; the runtime's LayerAttributes has a method of each name. */
    public enum Form {
        /** PyTorch prints the value alone. */
        POSITIONAL,
        /** PyTorch prints name and value. */
        NAMED,
        /** So, but a text without quotes. */
        WORD,
        /** So, but a list in square brackets. */
        LIST,
        /** PyTorch does not print it, but it changes the result, and so the fingerprint. */
        UNPRINTED,
        /** It has PyTorch's default, or no effect, and is not even in the fingerprint. */
        IMPLIED
    }

    public LayerAttribute {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(form, "form");
        value = value instanceof List<?> list ? List.copyOf(list) : value;
    }

    public static LayerAttribute positional(String name, Object value) {
        return new LayerAttribute(name, value, Form.POSITIONAL);
    }

    public static LayerAttribute named(String name, Object value) {
        return new LayerAttribute(name, value, Form.NAMED);
    }

    public static LayerAttribute word(String name, String value) {
        return new LayerAttribute(name, value, Form.WORD);
    }

    public static LayerAttribute list(String name, List<Double> values) {
        return new LayerAttribute(name, values, Form.LIST);
    }

    public static LayerAttribute unprinted(String name, Object value) {
        return new LayerAttribute(name, value, Form.UNPRINTED);
    }

    public static LayerAttribute implied(String name, Object value) {
        return new LayerAttribute(name, value, Form.IMPLIED);
    }

    /** The same attribute, but left out where it has this value. */
    public LayerAttribute unless(Object standard) {
        return Objects.equals(value, standard) ? implied(name, value) : this;
    }

    /** A list of one as its element, as such are written and printed. */
    public static Object single(List<?> values) {
        return values.size() == 1 ? values.get(0) : values;
    }

    public boolean isPrinted() {
        return form != Form.UNPRINTED && form != Form.IMPLIED;
    }

    /** Some attributes, then others. */
    public static List<LayerAttribute> join(List<LayerAttribute> some, LayerAttribute... others) {
        List<LayerAttribute> all = new ArrayList<>(some);
        all.addAll(List.of(others));
        return all;
    }

    @Override
    public String toString() {
        return name + "=" + value;
    }
}
