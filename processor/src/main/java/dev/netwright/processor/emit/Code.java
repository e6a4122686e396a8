package dev.netwright.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Statements as text, written as those of {@link CodeBlock} and with the same result. A code block is a list of its
 * format's parts, a dozen for each statement, and JavaPoet goes over all of them twice with regular expressions: that was
 * a third of what the processor took.
 */
final class Code {
    /** Types that are referred to in words, which {@link SourceText} imports: no generated class has such a name. */
    static final Set<ClassName> IN_WORDS = Set.of(
            ClassName.get(Float.class),
            RuntimeNames.FLOAT_VECTOR,
            RuntimeNames.VECTOR_MASK,
            RuntimeNames.VECTOR_OPERATORS,
            RuntimeNames.SUPPORT,
            RuntimeNames.WEIGHT_BLOCKS,
            RuntimeNames.RUNNING_STATISTICS);

    private static final int COLUMNS = 100;
    private static final String INDENT = "    ";

    /** Levels that a line of a method of a file's own class is indented by. */
    private static final int OF_BODY = 2;

    private static final int OF_MEMBER = 1;

    private static final int OF_CONTINUATION = 2;

    // Marks in the text: Java takes them for white space, so no name has them, and no comment has control characters.
    private static final char WRAP = '\034';
    private static final char INDENTED = '\035';
    private static final char UNINDENTED = '\036';
    private static final char BEGIN = '\037';
    private static final char END = '\013';
    private static final char TYPE = '\f';

    private static final Code EMPTY = new Code("", List.of());

    /** What is written, with the marks above. */
    private final String text;

    /** Those that the marks of types stand for. */
    private final List<TypeName> types;

    private Code(String text, List<TypeName> types) {
        this.text = text;
        this.types = types;
    }

    static Builder builder() {
        return new Builder();
    }

    /** As {@code CodeBlock.of}, with its $L, $N, $S, $T, $W and $$. */
    static Code of(String format, Object... arguments) {
        return new Builder().add(format, arguments).build();
    }

    static Code empty() {
        return EMPTY;
    }

    static Code join(List<Code> parts, String separator) {
        Builder all = new Builder();
        for (int i = 0; i < parts.size(); i++) {
            all.add(i == 0 ? "" : separator).add(parts.get(i));
        }
        return all.build();
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    /** What is written, with marks where lines may be broken and types stand. */
    String marked() {
        return text;
    }

    /** Other text with as many types. */
    Code with(String marked) {
        return new Code(marked, types);
    }

    /** A mark of where a line may be broken. */
    static char wrap() {
        return WRAP;
    }

    /** For JavaPoet, wherever it is to stand. */
    CodeBlock block() {
        StringBuilder format = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case WRAP -> format.append("$W");
                case INDENTED -> format.append("$>");
                case UNINDENTED -> format.append("$<");
                case BEGIN -> format.append("$[");
                case END -> format.append("$]");
                case TYPE -> format.append("$T");
                case '$' -> format.append("$$");
                default -> format.append(c);
            }
        }
        return CodeBlock.of(format.toString(), types.toArray());
    }

    /** For JavaPoet, as the body of a method of a file's own class, with its lines wrapped. */
    CodeBlock body() {
        return IN_WORDS.containsAll(types) ? CodeBlock.of("$L", new Lines(OF_BODY, OF_BODY).of(this)) : block();
    }

    /** The classes that their text refers to by simple names. */
    static Set<ClassName> classes(List<Code> methods) {
        Set<ClassName> classes = new HashSet<>();
        methods.forEach(method -> method.types.forEach(type -> classes.add(((ClassName) type).topLevelClassName())));
        return classes;
    }

    /** As members of a file's own class, with a blank line before each. */
    static String members(List<Code> methods) {
        StringBuilder text = new StringBuilder();
        for (Code method : methods) {
            text.append('\n').append(new Lines(OF_MEMBER, 0).of(method));
        }
        return text.toString();
    }

    /** The text in one line for each statement; types by their simple names. */
    @Override
    public String toString() {
        StringBuilder plain = new StringBuilder(text.length());
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == TYPE) {
                plain.append(simpleName(types.get(next++)));
            } else if (c == WRAP) {
                plain.append(' ');
            } else if (!isMark(c)) {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static boolean isMark(char c) {
        return c >= WRAP && c <= BEGIN || c == END || c == TYPE;
    }

    private static String simpleName(TypeName type) {
        return type instanceof ClassName name ? String.join(".", name.simpleNames()) : type.toString();
    }

    /** Indents what blocks and statements continue, and breaks lines that are too long where they may be. */
    private static final class Lines {
        private final StringBuilder lines = new StringBuilder();
        private final int left;
        private int levels;
        private int column;

        /** Where the line may be broken, in {@link #lines}; or -1. */
        private int mayBreak = -1;

        /** Lines of the statement so far, or -1 outside of statements. */
        private int ofStatement = -1;

        /** @param left levels that are left to JavaPoet */
        Lines(int levels, int left) {
            this.levels = levels;
            this.left = left;
        }

        String of(Code code) {
            String text = code.text;
            int next = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                switch (c) {
                    case WRAP -> mayBreak();
                    case INDENTED -> levels++;
                    case UNINDENTED -> levels--;
                    case BEGIN -> ofStatement = 0;
                    case END -> endStatement();
                    case '\n' -> newLine();
                    case TYPE -> {
                        String name = simpleName(code.types.get(next++));
                        for (int k = 0; k < name.length(); k++) {
                            add(name.charAt(k));
                        }
                    }
                    default -> add(c);
                }
            }
            return lines.toString();
        }

        private void add(char c) {
            if (column == 0) {
                indent(levels);
            }
            lines.append(c);
            column++;
            if (column > COLUMNS && mayBreak >= 0) {
                String rest = lines.substring(mayBreak + 1);
                lines.setLength(mayBreak);
                lines.append('\n');
                indent(levels + OF_CONTINUATION);
                lines.append(rest);
                column += rest.length();
                mayBreak = -1;
            }
        }

        private void mayBreak() {
            if (column == 0) {
                indent(levels);
            }
            mayBreak = lines.length();
            lines.append(' ');
            column++;
        }

        private void newLine() {
            lines.append('\n');
            column = 0;
            mayBreak = -1;
            if (ofStatement == 0) {
                levels += OF_CONTINUATION;
            }
            ofStatement += ofStatement >= 0 ? 1 : 0;
        }

        private void endStatement() {
            levels -= ofStatement > 0 ? OF_CONTINUATION : 0;
            ofStatement = -1;
        }

        private void indent(int by) {
            lines.append(INDENT.repeat(by - left));
            column = by * INDENT.length();
        }
    }

    /** Puts code together. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<TypeName> types = new ArrayList<>();

        boolean isEmpty() {
            return text.length() == 0;
        }

        Builder add(Code code) {
            text.append(code.text);
            types.addAll(code.types);
            return this;
        }

        Builder add(String format, Object... arguments) {
            int next = 0;
            int i = 0;
            while (true) {
                int mark = format.indexOf('$', i);
                if (mark < 0) {
                    text.append(format, i, format.length());
                    return this;
                }
                text.append(format, i, mark);
                int kind = mark + 1;
                while (Character.isDigit(format.charAt(kind))) {
                    kind++;
                }
                char c = format.charAt(kind);
                i = kind + 1;
                if (c == 'W') {
                    text.append(WRAP);
                } else if (c == '$') {
                    text.append('$');
                } else {
                    int index = kind > mark + 1 ? Integer.parseInt(format, mark + 1, kind, 10) - 1 : next++;
                    argument(c, arguments[index]);
                }
            }
        }

        private void argument(char kind, Object argument) {
            if (kind == 'T') {
                type(argument);
            } else if (argument instanceof Code code) {
                add(code);
            } else if (kind == 'S') {
                text.append(SourceText.literal((String) argument));
            } else if (kind == 'L' || kind == 'N') {
                text.append(argument);
            } else {
                throw new IllegalArgumentException("$" + kind + " is no part of a format");
            }
        }

        private void type(Object type) {
            TypeName name = type instanceof Class<?> known ? TypeName.get(known) : (TypeName) type;
            if (name instanceof ParameterizedTypeName generic) {
                type(generic.rawType());
                add("<");
                for (int i = 0; i < generic.typeArguments().size(); i++) {
                    add(i == 0 ? "" : ", ");
                    type(generic.typeArguments().get(i));
                }
                add(">");
            } else if (name.isPrimitive()) {
                text.append(name);
            } else {
                text.append(TYPE);
                types.add(name);
            }
        }

        Builder addStatement(String format, Object... arguments) {
            text.append(BEGIN);
            add(format, arguments);
            text.append(";\n").append(END);
            return this;
        }

        Builder addStatement(Code code) {
            return addStatement("$L", code);
        }

        Builder beginControlFlow(String head, Object... arguments) {
            add(head, arguments);
            text.append(" {\n").append(INDENTED);
            return this;
        }

        Builder nextControlFlow(String head, Object... arguments) {
            text.append(UNINDENTED).append("} ");
            add(head, arguments);
            text.append(" {\n").append(INDENTED);
            return this;
        }

        Builder endControlFlow() {
            text.append(UNINDENTED).append("}\n");
            return this;
        }

        Builder endControlFlow(String tail, Object... arguments) {
            text.append(UNINDENTED).append("} ");
            add(tail, arguments);
            text.append(";\n");
            return this;
        }

        Code build() {
            return new Code(text.toString(), List.copyOf(types));
        }
    }
}
