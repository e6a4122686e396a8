package dev.netwright.runtime.files;

import java.io.IOException;
import java.nio.CharBuffer;

/**
 * What a header may hold, counted before its JSON is parsed: Jackson has such limits, but since 2.15, 2.16 and 2.18
 * only, and the application decides its version. None is above what any version takes by default.
 */
final class SafetensorsLimits {
    static final int MAX_NAME = 50_000;
    static final int MAX_TEXT = 20_000_000;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER = 32;
    /** 40 for each tensor: 14, and the shape. Bounds the time and the memory of what is skipped. */
    private static final int MAX_TOKENS = 40 * SafetensorsJson.MAX_TENSORS;

    private final String source;
    private final CharBuffer text;
    private int tokens;
    private int depth;

    private SafetensorsLimits(String source, CharBuffer text) {
        this.source = source;
        this.text = text;
    }

    /** Takes any text: what is no JSON is left to the parser. */
    static void check(String source, CharBuffer text) throws IOException {
        SafetensorsLimits limits = new SafetensorsLimits(source, text);
        for (int i = 0; i < text.length(); ) {
            i = limits.next(i);
        }
    }

    private int next(int begin) throws IOException {
        switch (text.get(begin)) {
            case ' ', '\t', '\n', '\r', ':', ',' -> {
                return begin + 1;
            }
            case '{', '[' -> {
                token(begin);
                check(++depth, MAX_DEPTH, "levels of nesting", begin);
                return begin + 1;
            }
            case '}', ']' -> {
                token(begin);
                depth--;
                return begin + 1;
            }
            case '"' -> {
                token(begin);
                return string(begin);
            }
            default -> {
                token(begin);
                return scalar(begin);
            }
        }
    }

    private int string(int begin) throws IOException {
        int length = 0;
        int i = begin + 1;
        while (i < text.length() && text.get(i) != '"') {
            boolean escape = text.get(i) == '\\' && i + 1 < text.length();
            i += !escape ? 1 : text.get(i + 1) == 'u' ? 6 : 2;
            length++;
        }
        int end = Math.min(i + 1, text.length());
        int after = end;
        while (after < text.length() && isSpace(text.get(after))) {
            after++;
        }
        boolean isName = after < text.length() && text.get(after) == ':';
        if (isName) {
            check(length, MAX_NAME, "characters in a name", begin);
        } else {
            check(length, MAX_TEXT, "characters in a string", begin);
        }
        return end;
    }

    private int scalar(int begin) throws IOException {
        int i = begin;
        while (i < text.length() && !isSpace(text.get(i)) && ":,{}[]\"".indexOf(text.get(i)) < 0) {
            i++;
        }
        char first = text.get(begin);
        if (first == '-' || first >= '0' && first <= '9') {
            check(i - begin, MAX_NUMBER, "characters in a number", begin);
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private void token(int at) throws IOException {
        check(++tokens, MAX_TOKENS, "tokens", at);
    }

    private void check(int found, int most, String what, int at) throws IOException {
        if (found > most) {
            throw SafetensorsRule.LIMIT.broken(source, SafetensorsJson.offset(text, at), found, what, most);
        }
    }
}
