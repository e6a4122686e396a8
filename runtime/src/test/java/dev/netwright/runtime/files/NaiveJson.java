package dev.netwright.runtime.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A second opinion on JSON: objects as maps, arrays as lists, strings as strings, all other values as their text. It
 * checks nothing but that no key is written twice.
 */
final class NaiveJson {
    private final String text;
    private int at;

    private NaiveJson(String text) {
        this.text = text;
    }

    static Object parse(String text) {
        NaiveJson json = new NaiveJson(text);
        Object value = json.value();
        if (!json.text.substring(json.at).isBlank()) {
            throw new AssertionError("Something follows the value: " + text);
        }
        return value;
    }

    private char next() {
        while (" \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return text.charAt(at);
    }

    private boolean skip(char c) {
        if (next() != c) {
            return false;
        }
        at++;
        return true;
    }

    private Object value() {
        if (skip('{')) {
            Map<String, Object> object = new LinkedHashMap<>();
            while (!skip('}')) {
                skip(',');
                next();
                String key = string();
                skip(':');
                if (object.put(key, value()) != null) {
                    throw new AssertionError("Twice: " + key);
                }
            }
            return object;
        }
        if (skip('[')) {
            List<Object> array = new ArrayList<>();
            while (!skip(']')) {
                skip(',');
                array.add(value());
            }
            return array;
        }
        if (next() == '"') {
            return string();
        }
        int begin = at;
        while (",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return new StringBuilder(text.substring(begin, at));
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        at++;
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            if (c == '\\') {
                c = text.charAt(at++);
                int known = "nrtbf".indexOf(c);
                if (c == 'u') {
                    c = (char) Integer.parseInt(text.substring(at, at + 4), 16);
                    at += 4;
                } else if (known >= 0) {
                    c = "\n\r\t\b\f".charAt(known);
                }
            }
            string.append(c);
        }
        at++;
        return string.toString();
    }
}
