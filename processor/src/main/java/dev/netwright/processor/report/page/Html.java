package dev.netwright.processor.report.page;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes HTML that is XML, too: an element a line, so that a difference between two pages is read in a review. */
final class Html {
    private final StringBuilder text = new StringBuilder(1 << 16);
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element; attributes are names and values in turn. */
    Html open(String element, Object... attributes) {
        tag(element, attributes);
        text.append(">\n");
        open.push(element);
        return this;
    }

    Html close() {
        text.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element with a text in it. */
    Html element(String element, String content, Object... attributes) {
        tag(element, attributes);
        text.append('>');
        escape(content, false);
        text.append("</").append(element).append(">\n");
        return this;
    }

    /** An element with nothing in it. */
    Html empty(String element, Object... attributes) {
        tag(element, attributes);
        text.append("/>\n");
        return this;
    }

    /**
     * Begins a table, whose heads stand on each page that it is printed on.
     *
     * @param words heads of the first columns
     * @param numbers heads of those after them, whose cells end at the right
     * @param further heads of the last columns
     */
    Html table(List<String> words, List<String> numbers, List<String> further) {
        open("div", "class", "wide").open("table").open("thead").open("tr");
        words.forEach(name -> element("th", name));
        numbers.forEach(name -> element("th", name, "class", "n"));
        further.forEach(name -> element("th", name));
        return close().close();
    }

    /** Ends what {@link #table} began. */
    Html endTable() {
        return close().close();
    }

    /** Lines that are neither markup nor need be escaped. */
    Html raw(String lines) {
        text.append(lines);
        return this;
    }

    /** A line of text as it is. */
    Html line(String content) {
        escape(content, false);
        text.append('\n');
        return this;
    }

    private void tag(String element, Object... attributes) {
        text.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ').append(attributes[i]).append("=\"");
            escape(String.valueOf(attributes[i + 1]), true);
            text.append('"');
        }
    }

    private void escape(String content, boolean attribute) {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '&' -> text.append("&amp;");
                case '<' -> text.append("&lt;");
                case '>' -> text.append("&gt;");
                case '"' -> text.append(attribute ? "&quot;" : "\"");
                // no character of XML
                default -> text.append(c < ' ' && c != '\n' && c != '\t' ? ' ' : c);
            }
        }
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException(open + " are not closed");
        }
        return text.toString();
    }
}
