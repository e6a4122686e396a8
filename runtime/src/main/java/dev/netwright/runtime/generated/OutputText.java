package dev.netwright.runtime.generated;

/** How a network's several outputs are printed: a line for each, with as many values as 80 columns have room for. */
public final class OutputText {
    private static final int COLUMNS = 80;
    private static final String MORE = ", ...";

    private OutputText() {}

    /**
     * Prints outputs.
     *
     * @param names of the outputs, in declared order
     * @param outputs the arrays, likewise; may be null
     * @return a line for each, without a line end after the last
     */
    public static String of(String[] names, float[]... outputs) {
        int width = 0;
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < outputs.length; i++) {
            text.append(i == 0 ? "" : "\n")
                    .append(names[i])
                    .append(" ".repeat(width - names[i].length() + 2))
                    .append(outputs[i] == null ? "null" : values(outputs[i], COLUMNS - width - 2));
        }
        return text.toString();
    }

    private static String values(float[] array, int columns) {
        StringBuilder line = new StringBuilder(array.length + (array.length == 1 ? " float" : " floats"));
        for (int i = 0; i < array.length; i++) {
            String value = (i == 0 ? ": " : ", ") + array[i];
            boolean last = i == array.length - 1;
            if (line.length() + value.length() + (last ? 0 : MORE.length()) > columns) {
                return line.append(i == 0 ? "" : MORE).toString();
            }
            line.append(value);
        }
        return line.toString();
    }
}
