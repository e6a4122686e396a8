package dev.netwright.onnx;

import dev.netwright.runtime.LayerDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A layer's arguments, read from the form that PyTorch prints: {@code 3, 32, kernel_size=(5, 5), padding=same}. That
 * form is a contract, as the fingerprint of the structure is made of it.
 */
final class PrintedArguments {
    private final LayerDefinition layer;
    private final String text;
    /** Each value as a list, of one element unless it is a tuple or a list. */
    private final List<List<String>> positional = new ArrayList<>();

    private final Map<String, List<String>> named = new LinkedHashMap<>();
    private int at;

    private PrintedArguments(LayerDefinition layer, String text) {
        this.layer = layer;
        this.text = text;
    }

    /** Of a layer, with those that PyTorch does not print. */
    static PrintedArguments of(LayerDefinition layer) {
        String separator = layer.arguments().isEmpty() || layer.unprinted().isEmpty() ? "" : ", ";
        PrintedArguments arguments = new PrintedArguments(layer, layer.arguments() + separator + layer.unprinted());
        arguments.read();
        return arguments;
    }

    private void read() {
        while (at < text.length()) {
            String word = next('(') ? null : word();
            if (word != null && next('=')) {
                named.put(word, value());
            } else {
                positional.add(word == null ? elements(')') : List.of(word));
            }
            if (at < text.length() && !next(',')) {
                throw malformed("a comma was expected at \"" + text.substring(at) + "\"");
            }
            skipSpace();
        }
    }

    private List<String> value() {
        if (next('(')) {
            return elements(')');
        }
        return next('[') ? elements(']') : List.of(word());
    }

    private List<String> elements(char end) {
        List<String> values = new ArrayList<>();
        while (!next(end)) {
            skipSpace();
            values.add(word());
            next(',');
        }
        return values;
    }

    private String word() {
        int from = at;
        if (next('\'')) {
            int end = text.indexOf('\'', at);
            if (end < 0) {
                throw malformed("a quote is not closed");
            }
            at = end + 1;
            return text.substring(from + 1, end);
        }
        while (at < text.length() && ",=()[]' ".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == from) {
            throw malformed("a value was expected at \"" + text.substring(at) + "\"");
        }
        return text.substring(from, at);
    }

    private boolean next(char expected) {
        boolean found = at < text.length() && text.charAt(at) == expected;
        at += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (next(' ')) {}
    }

    boolean has(String name) {
        return named.containsKey(name);
    }

    /** A word or quoted text, such as the {@code same} of a padding. */
    String text(String name, String otherwise) {
        return has(name) ? single(name) : otherwise;
    }

    /** Whether the argument is one of some words. */
    boolean isText(String name, String... words) {
        return has(name) && List.of(words).contains(values(name).get(0));
    }

    boolean flag(String name, boolean otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        return switch (single(name)) {
            case "True" -> true;
            case "False" -> false;
            default -> throw malformed(name + " is neither True nor False");
        };
    }

    double real(String name) {
        return real(name, single(name));
    }

    /** The elements of a list. */
    double[] reals(String name) {
        return values(name).stream().mapToDouble(value -> real(name, value)).toArray();
    }

    private double real(String name, String value) {
        try {
            return switch (value) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> Double.parseDouble(value);
            };
        } catch (NumberFormatException e) {
            throw malformed(name + " is no number", e);
        }
    }

    int integer(String name) {
        return parsed(single(name));
    }

    /** A positional argument. */
    int integer(int position) {
        return integers(position)[0];
    }

    /** A positional argument's tuple, or its only value. */
    int[] integers(int position) {
        if (position >= positional.size()) {
            throw malformed("argument " + (position + 1) + " is missing");
        }
        return positional.get(position).stream().mapToInt(this::parsed).toArray();
    }

    /** A number for all axes, or a tuple of one for each. */
    int[] sizes(String name, int axes, int otherwise) {
        int[] values = has(name) ? integers(name) : new int[] {otherwise};
        if (values.length != 1 && values.length != axes) {
            throw malformed(name + " has " + values.length + " values, not 1 or " + axes);
        }
        if (values.length < axes) {
            int[] all = new int[axes];
            Arrays.fill(all, values[0]);
            return all;
        }
        return values;
    }

    int[] integers(String name) {
        return values(name).stream().mapToInt(this::parsed).toArray();
    }

    private int parsed(String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw malformed("\"" + value + "\" is no integer", e);
        }
    }

    private String single(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw malformed(name + " has " + values.size() + " values, not 1");
        }
        return values.get(0);
    }

    private List<String> values(String name) {
        List<String> values = named.get(name);
        if (values == null) {
            throw malformed(name + " is missing");
        }
        return values;
    }

    private IllegalArgumentException malformed(String what) {
        return malformed(what, null);
    }

    private IllegalArgumentException malformed(String what, Exception cause) {
        return new IllegalArgumentException(
                "The arguments of " + layer.key() + ", " + layer.type() + "(" + text + "), cannot be read: " + what
                        + ". Compile the network with the Netwright version that exports it.",
                cause);
    }
}
