package dev.netwright.cli;

/** Lines for a terminal. */
final class Columns {
    private static final int WIDTH = 80;
    private static final String INDENT = "    ";

    private Columns() {}

    /** A line, with its end, that goes on below where it is too long: at a space, or wherever it must. */
    static String wrapped(String line) {
        StringBuilder text = new StringBuilder();
        String rest = line;
        String indent = "";
        int start = line.length() - line.stripLeading().length();
        while (indent.length() + rest.length() > WIDTH) {
            int most = WIDTH - indent.length();
            int space = rest.lastIndexOf(' ', most);
            int end = space > start ? space : most;
            text.append(indent).append(rest.substring(0, end).stripTrailing()).append('\n');
            rest = rest.substring(end).stripLeading();
            indent = line.substring(0, Math.min(start, WIDTH / 2)) + INDENT;
            start = 0;
        }
        return text.append(indent).append(rest).append('\n').toString();
    }
}
