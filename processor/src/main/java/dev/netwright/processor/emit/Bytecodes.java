package dev.netwright.processor.emit;

import java.util.Set;

/**
 * How long the bytecode of generated statements is at most, from their text: plan and emitters would have to count the
 * same calls and operands in many places. Drivers have two thirds to four fifths of what is told, kernels two thirds, and those of long
 * expressions in vectors five sixths.
 */
final class Bytecodes {
    /** Of a method. HotSpot compiles none above 8,000, and tools that measure coverage make each longer. */
    static final int MOST = 5_000;

    /** Of what the loops of a kernel do: of kernels of more than 1,000 bytecodes HotSpot makes bad code. */
    static final int MOST_OF_KERNEL = 1_150;

    private static final Set<String> WORDS =
            Set.of("new", "for", "if", "else", "return", "int", "float", "long", "double");

    private static final int STRING = 3;
    private static final int CREATION = 7;
    private static final int WORD = 1;
    private static final int CALL = 5;
    private static final int ZERO_TO_FIVE = 1;
    private static final int BYTE = 2;
    private static final int NUMBER = 3;
    private static final int LOCAL = 2;
    private static final int FIELD = 4;
    private static final int OPERATION = 1;

    /** To keep an element of a new array: dup, its index, the store. */
    private static final int ELEMENT = 5;

    private final String text;
    private int at;

    private Bytecodes(String text) {
        this.text = text;
    }

    static int of(Code code) {
        return of(code.toString());
    }

    static int of(String code) {
        return new Bytecodes(code).total();
    }

    private int total() {
        int total = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (text.startsWith("//", at)) {
                at = end("\n", at);
            } else if (text.startsWith("/*", at)) {
                at = Math.min(text.length(), end("*/", at) + 2);
            } else if (c == '"') {
                skipString();
                total += STRING;
            } else if (Character.isDigit(c)) {
                total += number();
            } else if (Character.isSurrogate(c) || Character.isJavaIdentifierStart(c)) {
                total += word();
            } else {
                if (text.startsWith("[]", at) && text.startsWith("{", pastSpaces(at + 2))) {
                    total += elements(pastSpaces(at + 2) + 1);
                }
                total += "-+*/%&|<>!?[".indexOf(c) >= 0 ? OPERATION : 0;
                at++;
            }
        }
        return total;
    }

    private int end(String of, int from) {
        int end = text.indexOf(of, from);
        return end < 0 ? text.length() : end;
    }

    private void skipString() {
        at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    private int number() {
        int start = at;
        while (at < text.length() && isPartOfNumber(start)) {
            at++;
        }
        int digits = 0;
        int value = 0;
        while (start + digits < at && Character.isDigit(text.charAt(start + digits)) && digits < 4) {
            value = 10 * value + text.charAt(start + digits) - '0';
            digits++;
        }
        boolean decimal = start + digits == at;
        boolean single =
                digits == 1 && (decimal || text.substring(start + 1, at).equals("f"));
        if (single && value <= 5) {
            return ZERO_TO_FIVE;
        }
        return decimal && value <= Byte.MAX_VALUE ? BYTE : NUMBER;
    }

    private boolean isPartOfNumber(int start) {
        char c = text.charAt(at);
        boolean sign = c == '-' && at > start && text.charAt(at - 1) == 'E';
        return sign || c == '.' || SourceText.isPartOfName(c);
    }

    private int word() {
        int start = at;
        skipWord();
        String word = text.substring(start, at);
        if (word.equals("new") && next() == ' ') {
            int name = at + 1;
            int behind = name;
            while (behind < text.length()
                    && (text.charAt(behind) == '.' || SourceText.isPartOfName(text.charAt(behind)))) {
                behind++;
            }
            if (behind < text.length() && text.charAt(behind) == '(') {
                at = behind + 1;
                return CREATION;
            }
        }
        if (WORDS.contains(word)) {
            return WORD;
        } else if (Character.isUpperCase(word.charAt(0)) && isType()) {
            at++;
            return 0;
        } else if (next() == '(') {
            at++;
            return CALL;
        }
        return isLocal(word) ? LOCAL : FIELD;
    }

    private void skipWord() {
        while (at < text.length() && SourceText.isPartOfName(text.charAt(at))) {
            at++;
        }
    }

    /** Whether a member of the word behind which we are follows, or a variable of this type. */
    private boolean isType() {
        return next() == '.' || next() == ' ' && at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1));
    }

    private char next() {
        return at < text.length() ? text.charAt(at) : '\n';
    }

    /** Such as s0_1: a letter and numbers. */
    private static boolean isLocal(String word) {
        if (word.length() < 2 || !Character.isLowerCase(word.charAt(0)) || !Character.isDigit(word.charAt(1))) {
            return false;
        }
        for (int i = 2; i < word.length(); i++) {
            if (!Character.isDigit(word.charAt(i)) && word.charAt(i) != '_') {
                return false;
            }
        }
        return true;
    }

    private int pastSpaces(int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Of an array's initialiser, from behind its brace. */
    private int elements(int from) {
        int commas = 0;
        for (int i = from; i < text.length() && text.charAt(i) != '}'; i++) {
            if (text.charAt(i) == '{') {
                return 0;
            }
            commas += text.charAt(i) == ',' ? 1 : 0;
        }
        return ELEMENT * (1 + commas);
    }
}
