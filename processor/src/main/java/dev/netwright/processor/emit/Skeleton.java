package dev.netwright.processor.emit;

import dev.netwright.processor.plan.Layout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A method's text without its sizes, which other methods may have with other ones.
 *
 * @param text with a zero byte in the place of each size
 * @param sizes whole numbers, in their order
 * @param terms which of them are added to what stands before
 * @param calls names of methods of its own class that it calls
 */
record Skeleton(String text, List<String> sizes, BitSet terms, Set<String> calls) {
    private static final char SIZE = 0;
    private static final String FACTOR = " * ";
    private static final String SAMPLE = "sample";

    /** Of a further vector, which may lie in another block. */
    private static final String LANES = "L / " + Layout.LANES;

    /** @param sums whether what their loops read by stays in the text */
    static Skeleton of(String text, boolean sums) {
        StringBuilder rest = new StringBuilder(text.length());
        List<String> sizes = new ArrayList<>();
        BitSet terms = new BitSet();
        Set<String> calls = new HashSet<>();
        int i = 0;
        while (i < text.length()) {
            char first = text.charAt(i);
            int end = end(text, i, first);
            if (isDigit(first) && isWhole(text, i, end) && !(sums && isOfSum(text, i))) {
                terms.set(sizes.size(), text.startsWith("+ ", i - 2));
                rest.append(SIZE);
                sizes.add(text.substring(i, end));
            } else {
                rest.append(text, i, end);
                if (end < text.length() && text.charAt(end) == '(' && isCall(text, i, end)) {
                    calls.add(text.substring(i, end));
                }
            }
            i = end;
        }
        return new Skeleton(rest.toString(), sizes, terms, calls);
    }

    /** The end of a word or number, of a comment, or of one other character. */
    private static int end(String text, int start, char first) {
        if (!isPart(first)) {
            return first == '/' && text.startsWith("//", start) ? text.indexOf('\n', start) : start + 1;
        }
        int end = start + 1;
        while (end < text.length() && (isPart(text.charAt(end)) || isSignOfExponent(text, start, end))) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return isLower(c) || isDigit(c) || c >= 'A' && c <= 'Z' || c == '.' || c == '_' || isRare(c);
    }

    private static boolean isRare(char c) {
        return c == '$' || c > 127 && SourceText.isPartOfName(c);
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isSignOfExponent(String text, int start, int at) {
        return text.charAt(at) == '-' && isDigit(text.charAt(start)) && (text.charAt(at - 1) | 0x20) == 'e';
    }

    private static boolean isWhole(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a number belongs to what a sum's loop reads: the factor of its variable, which is called k and a digit, or goes
     * over samples, or what is added to an index, which is called k behind a letter.
     */
    private static boolean isOfSum(String text, int at) {
        if (text.startsWith(FACTOR, at - FACTOR.length())) {
            int end = at - FACTOR.length();
            return text.startsWith(SAMPLE, end - SAMPLE.length())
                    || text.startsWith(" k", end - 3) && isDigit(text.charAt(end - 1))
                    || text.startsWith(LANES, end - LANES.length());
        }
        int end = text.startsWith(" + ", at - 3) ? at - 3 : text.startsWith(" += ", at - 4) ? at - 4 : 0;
        int letter = end > 0 && isDigit(text.charAt(end - 1)) ? end - 3 : end - 2;
        return letter > 0
                && text.charAt(letter + 1) == 'k'
                && isLower(text.charAt(letter))
                && !isPart(text.charAt(letter - 1));
    }

    /** Whether a word before a parenthesis is a method's name without its class. */
    private static boolean isCall(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.charAt(i) == '.') {
                return false;
            }
        }
        return true;
    }

    /** Where the next size was in the text. */
    int next(int place) {
        return text.indexOf(SIZE, place + 1);
    }

    /** The text with words in the places of the sizes. */
    String with(List<String> words) {
        StringBuilder whole = new StringBuilder(text.length() + 4 * words.size());
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == SIZE) {
                whole.append(words.get(next++));
            } else {
                whole.append(c);
            }
        }
        return whole.toString();
    }
}
