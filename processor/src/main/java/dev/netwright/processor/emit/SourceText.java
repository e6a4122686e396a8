package dev.netwright.processor.emit;

import com.palantir.javapoet.JavaFile;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A generated file, and how what users write gets into one.
 *
 * @param qualifiedName of its class
 * @param text in ASCII
 */
public record SourceText(String qualifiedName, String text) {
    /** The classes of java.lang that generated code refers to in words. */
    private static final List<String> LANG = List.of("Double", "Float", "Math", "StrictMath");

    private static final String IMPORT = "import ";

    /** Characters of a string constant, which in a class file has at most 65,535 bytes. */
    private static final int LONGEST = 20_000;

    /**
     * Writes a file. Classes of java.lang are imported by name, or those of the same names in the user's package would
     * be taken; and what is not ASCII is escaped, as the compiler may write and read files in any encoding.
     */
    static SourceText of(JavaFile file) {
        String name = file.typeSpec().name();
        String qualified = file.packageName().isEmpty() ? name : file.packageName() + "." + name;
        return new SourceText(qualified, ascii(withImports(file.toString())));
    }

    private static String withImports(String text) {
        TreeSet<String> imports =
                text.lines().filter(line -> line.startsWith(IMPORT)).collect(Collectors.toCollection(TreeSet::new));
        boolean none = imports.isEmpty();
        for (String type : LANG) {
            if (Pattern.compile("\\b" + type + "\\.").matcher(text).find()) {
                imports.add(IMPORT + "java.lang." + type + ";");
            }
        }
        String block = imports.stream().map(line -> line + "\n").collect(Collectors.joining());
        if (!none) {
            int end = text.lastIndexOf("\n" + IMPORT) + 1;
            int first = text.startsWith(IMPORT) ? 0 : text.indexOf("\n" + IMPORT) + 1;
            return text.substring(0, first) + block + text.substring(text.indexOf('\n', end) + 1);
        }
        int behindPackage = text.startsWith("package ") ? text.indexOf("\n\n") + 2 : 0;
        return text.substring(0, behindPackage) + block + (block.isEmpty() ? "" : "\n") + text.substring(behindPackage);
    }

    private static String ascii(String text) {
        return replaced(text, c -> c < 128, c -> String.format(Locale.ROOT, "\\u%04x", (int) c));
    }

    /** A string as an expression; several constants where one would be too long for a class file. */
    static String literal(String text) {
        if (text.length() > LONGEST) {
            return literal(text.substring(0, LONGEST)) + ".concat(" + literal(text.substring(LONGEST)) + ")";
        }
        return '"' + replaced(text, c -> c >= ' ' && c < 127 && c != '"' && c != '\\', SourceText::escaped) + '"';
    }

    /** Control characters in octal: as Unicode escapes they would be themselves before the literal is read. */
    private static String escaped(char c) {
        if (c == '"' || c == '\\') {
            return "\\" + c;
        }
        return String.format(Locale.ROOT, c < ' ' || c == 127 ? "\\%03o" : "\\u%04x", (int) c);
    }

    /** Text within a comment: neither its end, nor that of its line, nor a Unicode escape. */
    static String comment(String text) {
        return replaced(text.replace("\\", "\\\\").replace("*/", "* /"), c -> !isControl(c), c -> " ");
    }

    /** JavaPoet takes any of these for the end of a line. */
    private static boolean isControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Text within a documentation comment: neither tags nor markup either. */
    static String javadoc(String text) {
        return replaced(comment(text), c -> "<>&@{}".indexOf(c) < 0, c -> "&#" + (int) c + ";");
    }

    /** An identifier like a text, without a dollar sign. */
    static String identifier(String text) {
        String name = replaced(
                text, c -> Character.isSurrogate(c) || Character.isJavaIdentifierPart(c) && c != '$', c -> "_");
        return name.equals("_") ? "__" : name;
    }

    /** An identifier as constants are named. */
    static String constant(String identifier) {
        return identifier.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }

    private interface Replacement {
        String of(char c);
    }

    private interface Kept {
        boolean test(char c);
    }

    private static String replaced(String text, Kept kept, Replacement replacement) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(kept.test(c) ? String.valueOf(c) : replacement.of(c));
        }
        return result.toString();
    }
}
