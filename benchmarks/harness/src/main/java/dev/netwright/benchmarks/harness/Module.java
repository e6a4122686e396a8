package dev.netwright.benchmarks.harness;

/**
 * A single layer of any kind, as both sides write it.
 *
 * @param annotation ours, without its at sign
 * @param input sizes of one sample's input
 * @param python PyTorch's module
 * @param outElements of one sample's output
 * @param flops operations of one sample's forward pass; 0 where moving the data is all there is to do
 * @param rows that the input's indices name; 0 where the input is of floats
 */
public record Module(String annotation, String input, String python, int outElements, long flops, int rows) {
    private static final String SEPARATOR = ";";

    /** As it travels between the processes. */
    String text() {
        return String.join(
                SEPARATOR,
                annotation,
                input,
                python,
                Integer.toString(outElements),
                Long.toString(flops),
                Integer.toString(rows));
    }

    /**
     * Whether a text is a module's, and not a {@link LayerShape}'s.
     *
     * @param text of either
     * @return whether {@link #parse} reads it
     */
    public static boolean isModule(String text) {
        return text.contains(SEPARATOR);
    }

    /**
     * Reads a module as it travels between the processes.
     *
     * @param text the components in order
     * @return the module
     */
    public static Module parse(String text) {
        String[] parts = text.split(SEPARATOR);
        return new Module(
                parts[0],
                parts[1],
                parts[2],
                Integer.parseInt(parts[3]),
                Long.parseLong(parts[4]),
                Integer.parseInt(parts[5]));
    }
}
