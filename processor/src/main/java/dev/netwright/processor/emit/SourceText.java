package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A generated file, and how what users write gets into one.
 *
 * @param qualifiedName of its class
 * @param text in ASCII
 */
public record SourceText(String qualifiedName, String text) {
    /** Of the file, without its folder. */
    public String fileName() {
        return qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1) + ".java";
    }

    /** The classes that generated code refers to in words. */
    static final List<ClassName> IN_WORDS = Stream.concat(
                    Stream.of("Double", "Math", "Override", "StrictMath").map(name -> ClassName.get("java.lang", name)),
                    Code.IN_WORDS.stream())
            .toList();

    private static final String IMPORT = "import ";

    /** Characters of a line of a comment. */
    private static final int WIDTH = 88;

    /** A space at which no line ends; comments have no control characters. */
    private static final String WITHIN = "\007";

    /** Characters of a string constant, which in a class file has at most 65,535 bytes. */
    private static final int LONGEST = 20_000;

    /**
     * Writes a file. Classes of java.lang are imported by name, or those of the same names in the user's package would
     * be taken; and what is not ASCII is escaped, as the compiler may write and read files in any encoding.
     */
    static SourceText of(JavaFile file) {
        return of(file, List.of(), List.of());
    }

    /** As the other, with constants at the beginning of the class, and further methods at its end. */
    static SourceText of(JavaFile file, List<Code> constants, List<Code> methods) {
        String name = file.typeSpec().name();
        String qualified = file.packageName().isEmpty() ? name : file.packageName() + "." + name;
        String text = file.toString();
        if (!constants.isEmpty()) {
            int body = text.indexOf("{\n", text.indexOf("class " + name)) + 2;
            text = text.substring(0, body) + Code.members(constants).substring(1) + "\n" + text.substring(body);
        }
        if (!methods.isEmpty()) {
            String before = text.substring(0, text.lastIndexOf('}'));
            String members = Code.members(methods);
            text = before + (before.endsWith("{\n") ? members.substring(1) : members) + "}\n";
        }
        return new SourceText(qualified, ascii(withImports(text, Code.classes(methods))));
    }

    private static String withImports(String text, Set<ClassName> classes) {
        int first = text.startsWith(IMPORT) ? 0 : text.indexOf("\n" + IMPORT) + 1;
        int end = first;
        TreeSet<String> imports = new TreeSet<>();
        while (text.startsWith(IMPORT, end)) {
            int next = text.indexOf('\n', end) + 1;
            imports.add(text.substring(end, next));
            end = next;
        }
        boolean none = imports.isEmpty();
        classes.forEach(type -> imports.add(IMPORT + type.canonicalName() + ";\n"));
        Set<String> words = words(text, end);
        for (ClassName type : IN_WORDS) {
            if (words.contains(type.simpleName())) {
                imports.add(IMPORT + type.canonicalName() + ";\n");
            }
        }
        String block = String.join("", imports);
        if (!none) {
            return text.substring(0, first) + block + text.substring(end);
        }
        int behindPackage = text.startsWith("package ") ? text.indexOf("\n\n") + 2 : 0;
        return text.substring(0, behindPackage) + block + (block.isEmpty() ? "" : "\n") + text.substring(behindPackage);
    }

    /** Names that begin with a capital letter and stand where those of classes do. */
    private static Set<String> words(String text, int from) {
        Set<String> words = new HashSet<>();
        int start = from;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPartOfName(c)) {
                continue;
            }
            boolean type = ".<>".indexOf(c) >= 0 || c == '\n' && text.charAt(start - 1) == '@';
            if (type && i > start && Character.isUpperCase(text.charAt(start))) {
                words.add(text.substring(start, i));
            }
            start = i + 1;
        }
        return words;
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

    /** What is in a comment in lines that are not too long, if it has spaces; names stay with their shapes. */
    static List<String> lines(String comment) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : comment.replace(" x ", WITHIN + "x" + WITHIN)
                .replace(" (", WITHIN + "(")
                .split(" ")) {
            if (line.length() > 0 && line.length() + word.length() >= WIDTH) {
                lines.add(line.toString().replace(WITHIN, " "));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        if (line.length() > 0) {
            lines.add(line.toString().replace(WITHIN, " "));
        }
        return lines;
    }

    /** JavaPoet takes any of these for the end of a line. */
    private static boolean isControl(char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    /** Text within a documentation comment: neither tags nor markup either. */
    static String javadoc(String text) {
        return replaced(comment(text), c -> "<>&@{}".indexOf(c) < 0, c -> "&#" + (int) c + ";");
    }

    /** Whether a name has such a character in it; of letters beyond 16 bits each is two. */
    static boolean isPartOfName(char c) {
        return Character.isSurrogate(c) || Character.isJavaIdentifierPart(c);
    }

    /** Characters of an identifier like a text: no dollar sign, no half of a letter, nothing that javac leaves out. */
    static String identifier(String text) {
        StringBuilder name = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !Character.isIdentifierIgnorable(c))
                .map(c -> Character.isJavaIdentifierPart(c) && c != '$' ? c : '_')
                .forEach(name::appendCodePoint);
        return name.toString().equals("_") ? "__" : name.toString();
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
        int first = 0;
        while (first < text.length() && kept.test(text.charAt(first))) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (kept.test(c)) {
                result.append(c);
            } else {
                result.append(replacement.of(c));
            }
        }
        return result.toString();
    }
}
