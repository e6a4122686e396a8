package dev.netwright.benchmarks.harness;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/**
 * One line from the driver to a contestant: a command and named values, separated by tabulators.
 *
 * @param command what to do
 * @param values by name
 */
public record Request(String command, Map<String, String> values) {
    static Request parse(String line) {
        String[] fields = line.split("\t");
        Map<String, String> values = new LinkedHashMap<>();
        Arrays.stream(fields, 1, fields.length)
                .map(field -> field.split("=", 2))
                .forEach(pair -> values.put(pair[0], pair[1]));
        return new Request(fields[0], values);
    }

    String line() {
        return command
                + values.entrySet().stream()
                        .map(entry -> "\t" + entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining());
    }

    /**
     * A value that must be there.
     *
     * @param name its name
     * @return its text
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new NoSuchElementException("The command " + command + " lacks the value " + name + ".");
        }
        return value;
    }

    /**
     * Whether a value is there.
     *
     * @param name its name
     * @return true if it was sent
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A whole number.
     *
     * @param name its name
     * @return its value
     */
    public int integer(String name) {
        return Integer.parseInt(get(name));
    }

    /**
     * A real number.
     *
     * @param name its name
     * @return its value
     */
    public double real(String name) {
        return Double.parseDouble(get(name));
    }

    /**
     * What the row measures.
     *
     * @return the row's kind
     */
    public Kind kind() {
        return Kind.valueOf(get("kind"));
    }

    /**
     * One sample's shape.
     *
     * @return its sizes
     */
    public int[] input() {
        return Arrays.stream(get("input").split("x"))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /**
     * The single layer's shape.
     *
     * @return the shape
     */
    public LayerShape layer() {
        return LayerShape.parse(get("layer"));
    }

    /**
     * The single layer as it is written.
     *
     * @return the module
     */
    public Module module() {
        return Module.parse(get("layer"));
    }

    /** The command that makes a row ready. */
    static Request prepare(Row row, int threads) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("row", row.id());
        values.put("kind", row.kind().name());
        values.put("network", row.network());
        values.put("batch", Integer.toString(row.batch()));
        values.put("pool", Integer.toString(row.pool()));
        values.put("input", row.input().stream().map(Object::toString).collect(Collectors.joining("x")));
        values.put("classes", Integer.toString(row.classes()));
        values.put("rate", Double.toString(row.learningRate()));
        values.put("threads", Integer.toString(threads));
        if (row.isLayer()) {
            values.put("layer", row.layerText());
        }
        return new Request("prepare", values);
    }
}
