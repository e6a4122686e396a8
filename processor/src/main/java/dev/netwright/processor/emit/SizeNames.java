package dev.netwright.processor.emit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names for sizes that become parameters, after what a method does with them: {@code lanes} of {@code lane < 16},
 * {@code inRow} of {@code inBase + row * 16}, which is how far apart rows of {@code in} are, and {@code inStride} where what is
 * counted has no name that says more.
 */
final class SizeNames {
    /** Where nothing tells what a size is. */
    private static final String ANY = "size";

    private static final String DECLARATION = "int ";

    /** Declarations that lead from an index to the array that it is for: {@code from} is {@code inAt}, which is {@code inBase}. */
    private static final int MOST_DECLARATIONS = 4;

    private final String text;
    private final Map<String, List<String>> callees;

    /**
     * @param text of a method, with one character in the place of each size
     * @param callees parameters of the methods that it may call, by their names
     */
    SizeNames(String text, Map<String, List<String>> callees) {
        this.text = text.replace(Code.wrap(), ' ');
        this.callees = callees;
    }

    /** A name for what stands there, which the method may have already. */
    String at(int place) {
        return bound(place)
                .or(() -> divisor(place))
                .or(() -> stride(place))
                .or(() -> argument(place))
                .orElse(ANY);
    }

    /** Whether the method has a word like this. */
    boolean has(String word) {
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            if (wordBefore(at).isEmpty() && word.equals(wordAt(at))) {
                return true;
            }
        }
        return false;
    }

    private Optional<String> bound(int place) {
        if (!isBehind(" < ", place)) {
            return Optional.empty();
        }
        String counter = wordBefore(place - 3);
        boolean fromZero = isBehind(counter + " = 0; " + counter + " < ", place);
        return name(counter).map(any -> counter + (counts(counter) && fromZero ? "s" : "End"));
    }

    private Optional<String> divisor(int place) {
        if (!isBehind(" / ", place) && !isBehind(" % ", place)) {
            return Optional.empty();
        }
        String dividend = wordBefore(place - 3);
        int declared = place - 3 - dividend.length() - 3;
        return name(dividend)
                .filter(any -> isBehind(" = ", declared + 3))
                .flatMap(any -> name(wordBefore(declared)))
                .filter(SizeNames::counts)
                .map(result -> isBehind(" % ", place) ? result + "s" : dividend + "sPer" + capital(result));
    }

    private Optional<String> stride(int place) {
        if (isBehind(" * ", place)) {
            String counter = wordBefore(place - 3);
            return array(place).map(array -> array + (counts(counter) ? capital(counter) : "Stride"));
        }
        return isBehind(" + ", place) ? array(place).map(array -> array + "Stride") : Optional.empty();
    }

    /** What the method that gets it calls it. */
    private Optional<String> argument(int place) {
        int start = opening(place);
        if (start < 0 || text.charAt(start) != '(' || !isWhole(place)) {
            return Optional.empty();
        }
        List<String> parameters = callees.get(wordBefore(start));
        if (parameters == null) {
            return Optional.empty();
        }
        String parameter = parameters.get(commas(start + 1, place));
        return name(parameter.substring(parameter.lastIndexOf(' ') + 1)).map(name -> name.replaceAll("[0-9]+$", ""));
    }

    private boolean isWhole(int place) {
        char before = text.charAt(place - 1);
        char after = text.charAt(place + 1);
        return (before == '(' || before == ' ' && text.charAt(place - 2) == ',') && (after == ')' || after == ',');
    }

    private int commas(int from, int to) {
        int commas = 0;
        int depth = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            depth += isOpening(c) ? 1 : isClosing(c) ? -1 : 0;
            commas += c == ',' && depth == 0 ? 1 : 0;
        }
        return commas;
    }

    /** The array that a sum with this size in it is an index of. */
    private Optional<String> array(int place) {
        int from = start(place);
        Optional<String> found = name(wordAt(from));
        for (int i = 0; i < MOST_DECLARATIONS && found.isPresent(); i++) {
            int declared = text.lastIndexOf(DECLARATION + found.get() + " = ", from);
            if (declared < 0) {
                break;
            }
            from = declared + DECLARATION.length() + found.get().length() + 3;
            found = name(wordAt(from));
        }
        return found.map(index -> index.replaceAll("(Base|At)$", ""));
    }

    /** Where the argument, index or value begins that a place is in. */
    private int start(int place) {
        int depth = 0;
        int i = place;
        while (i > 0) {
            char c = text.charAt(i - 1);
            if (depth == 0 && (isOpening(c) || c == ',' || c == '=' || c == ';')) {
                break;
            }
            depth += isClosing(c) ? 1 : isOpening(c) ? -1 : 0;
            i--;
        }
        while (text.charAt(i) == ' ') {
            i++;
        }
        return i;
    }

    /** The bracket that a place is in, or -1. */
    private int opening(int place) {
        int depth = 0;
        for (int i = place - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (depth == 0 && isOpening(c)) {
                return i;
            }
            depth += isClosing(c) ? 1 : isOpening(c) ? -1 : 0;
        }
        return -1;
    }

    private boolean isBehind(String operator, int place) {
        return text.startsWith(operator, place - operator.length());
    }

    private String wordBefore(int end) {
        int start = end;
        while (start > 0 && SourceText.isPartOfName(text.charAt(start - 1))) {
            start--;
        }
        return text.substring(Math.min(start, Math.max(end, 0)), Math.max(end, 0));
    }

    private String wordAt(int start) {
        int end = start;
        while (end < text.length() && SourceText.isPartOfName(text.charAt(end))) {
            end++;
        }
        return text.substring(start, end);
    }

    private static Optional<String> name(String word) {
        return word.isEmpty() || !Character.isJavaIdentifierStart(word.charAt(0))
                ? Optional.empty()
                : Optional.of(word);
    }

    /** Whether a variable's name says what it counts: those of one letter do not. */
    private static boolean counts(String variable) {
        return variable.length() > 1 && variable.chars().allMatch(Character::isLetter);
    }

    private static boolean isOpening(char c) {
        return c == '(' || c == '[' || c == '{';
    }

    private static boolean isClosing(char c) {
        return c == ')' || c == ']' || c == '}';
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
