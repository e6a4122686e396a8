package dev.netwright.processor.emit;

import java.util.Arrays;

/** The tokens of generated Java, without comments: names, numbers, strings, and operators of up to three characters. */
final class JavaTokens {
    private static final String OPERATORS = "+-*/%&|^<>=!:?";

    private final String text;
    private int[] starts = new int[1024];
    private int[] ends = new int[1024];
    private int[] lines = new int[1024];
    /** For an opening bracket, where it closes. */
    private int[] closing = new int[1024];

    private int size;

    JavaTokens(String text) {
        this.text = text;
        read();
        match();
    }

    private void read() {
        int line = 1;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                i++;
            } else if (c <= ' ') {
                i++;
            } else if (c == '/' && text.startsWith("//", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (c == '/' && text.startsWith("/*", i)) {
                int end = text.indexOf("*/", i) + 2;
                for (int j = i; j < end; j++) {
                    line += text.charAt(j) == '\n' ? 1 : 0;
                }
                i = end;
            } else {
                int end = end(i, c);
                add(i, end, line);
                i = end;
            }
        }
    }

    private int end(int start, char c) {
        int i = start + 1;
        if (c == '"' || c == '\'') {
            while (text.charAt(i) != c) {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            return i + 1;
        } else if (c >= '0' && c <= '9') {
            while (i < text.length() && isPartOfNumber(i)) {
                i++;
            }
            return i;
        } else if (SourceText.isPartOfName(c)) {
            while (i < text.length() && SourceText.isPartOfName(text.charAt(i))) {
                i++;
            }
            return i;
        } else if (text.startsWith("->", start) || text.startsWith("::", start)) {
            return start + 2;
        }
        while (OPERATORS.indexOf(c) >= 0 && i < text.length() && isJoined(start, i)) {
            i++;
        }
        return i;
    }

    private boolean isPartOfNumber(int i) {
        char c = text.charAt(i);
        return c == '.' || c == '-' && text.charAt(i - 1) == 'E' || SourceText.isPartOfName(c);
    }

    /** Assignments with an operator, comparisons, and what stands twice; angle brackets of types are no shifts. */
    private boolean isJoined(int start, int i) {
        char c = text.charAt(i);
        char before = text.charAt(i - 1);
        boolean twice = "+-&|".indexOf(c) >= 0 && c == before && i == start + 1;
        boolean shift = (c == '<' || c == '>')
                && c == before
                && text.charAt(start - 1) == ' '
                && i + 1 < text.length()
                && " >=".indexOf(text.charAt(i + 1)) >= 0;
        return c == '=' && "=:?".indexOf(before) < 0 || c == '=' && before == '=' && i == start + 1 || twice || shift;
    }

    private void add(int start, int end, int line) {
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
            lines = Arrays.copyOf(lines, 2 * size);
            closing = Arrays.copyOf(closing, 2 * size);
        }
        starts[size] = start;
        ends[size] = end;
        lines[size] = line;
        size++;
    }

    private void match() {
        int[] open = new int[size + 1];
        int depth = 0;
        for (int i = 0; i < size; i++) {
            char c = text.charAt(starts[i]);
            if (c == '(' || c == '{' || c == '[') {
                open[depth++] = i;
            } else if ((c == ')' || c == '}' || c == ']') && depth > 0) {
                closing[open[--depth]] = i;
            }
        }
    }

    int size() {
        return size;
    }

    String text(int i) {
        return i < 0 || i >= size ? "" : text.substring(starts[i], ends[i]);
    }

    char first(int i) {
        return i < 0 || i >= size ? '\n' : text.charAt(starts[i]);
    }

    boolean is(int i, String token) {
        return i >= 0 && i < size && ends[i] - starts[i] == token.length() && text.startsWith(token, starts[i]);
    }

    boolean isOneOf(int i, String... several) {
        for (String token : several) {
            if (is(i, token)) {
                return true;
            }
        }
        return false;
    }

    int line(int i) {
        return lines[i];
    }

    /** Where a bracket is closed. */
    int closing(int i) {
        return closing[i];
    }

    boolean isName(int i) {
        char c = first(i);
        return c > '9' && SourceText.isPartOfName(c);
    }
}
