package dev.netwright.processor.emit;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * About how long the bytecode of a whole generated method is, from its tokens and what is known of its variables. Where
 * {@link Bytecodes} bounds what emitters put together, before they know what it will be a part of, this tells what became of
 * it; a test holds it against class files.
 */
final class MethodBytecodes {
    /** The call of a superclass's constructor. */
    static final int SUPER = 4;

    private static final int BRANCH = 3;
    private static final int CALL = 3;
    private static final int INTERFACE_CALL = 5;
    private static final int DYNAMIC_CALL = 5;
    private static final int CREATION = 7;
    private static final int INCREMENT = 3;
    private static final int FIELD = 3;
    private static final int CONSTANT = 3;
    private static final int CAST = 3;
    private static final int LOCK = 13;

    private static final Set<String> PRIMITIVE =
            Set.of("int", "float", "long", "double", "boolean", "byte", "short", "char");
    private static final Set<String> SILENT = Set.of(
            "do", "try", "catch", "finally", "final", "case", "default", "break", "continue", "while", "var", "yield");

    /** Of a sum: two constants are one, unless one of them is a factor. */
    private int sum(int i) {
        Integer left = tokens.isOneOf(i - 2, "*", "/", "-") ? null : members.number(tokens.text(i - 1));
        Integer right = tokens.is(i + 2, "*") ? null : members.number(tokens.text(i + 1));
        return left == null || right == null ? 1 : constant(left + right) - constant(left) - constant(right);
    }

    private record Local(int slot, String type) {}

    private final JavaTokens tokens;
    private final SourceMembers members;
    private final Map<String, Local> locals = new HashMap<>();
    private int slots;

    MethodBytecodes(JavaTokens tokens, SourceMembers members, boolean isStatic) {
        this.tokens = tokens;
        this.members = members;
        this.slots = isStatic ? 0 : 1;
    }

    /** The parameters between two brackets. */
    void parameters(int from, int to) {
        int start = from;
        int depth = 0;
        for (int i = from; i <= to; i++) {
            depth += tokens.is(i, "<") ? 1 : tokens.is(i, ">") ? -1 : 0;
            if (i == to && i > start || depth == 0 && tokens.is(i, ",")) {
                declare(tokens.text(i - 1), tokens.text(start));
                start = i + 1;
            }
        }
    }

    private void declare(String name, String type) {
        locals.put(name, new Local(slots, type));
        slots += type.equals("long") || type.equals("double") ? 2 : 1;
    }

    /** All between two braces. */
    int body(int from, int to) {
        int total = 0;
        int statement = from;
        for (int i = from; i < to; i++) {
            total += token(i, statement);
            if (tokens.isOneOf(i, ";", "{", "}")) {
                statement = i + 1;
            }
            if (tokens.is(i, "for") || tokens.is(i, "if") || tokens.is(i, "while")) {
                statement = i + 2;
            }
        }
        boolean ends = false;
        for (int i = Math.max(from, lastStatement(from, to)); i < to; i++) {
            ends |= tokens.isOneOf(i, "return", "throw");
        }
        return total + (ends ? 0 : 1);
    }

    /** Where the last statement of the method itself begins. */
    private int lastStatement(int from, int to) {
        int start = from;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "{")) {
                i = tokens.closing(i);
                start = i + 1 < to && !tokens.is(i + 1, "else") ? i + 1 : start;
            } else if (tokens.is(i, ";") && i + 1 < to) {
                start = i + 1;
            } else if (tokens.is(i, "(")) {
                i = tokens.closing(i);
            }
        }
        return start;
    }

    private int token(int i, int statement) {
        char c = tokens.first(i);
        if (tokens.isName(i)) {
            return name(i);
        } else if (c >= '0' && c <= '9') {
            return number(i);
        } else if (c == '"' || c == '\'') {
            return CONSTANT;
        } else if (c == '[') {
            return tokens.is(i + 1, "]") || isCreation(i) ? 0 : 1;
        }
        return operator(i, statement);
    }

    private boolean isCreation(int bracket) {
        int i = bracket - 1;
        while (tokens.isName(i) && tokens.is(i - 1, ".")) {
            i -= 2;
        }
        return tokens.is(i - 1, "new");
    }

    private int operator(int i, int statement) {
        String text = tokens.text(i);
        switch (text) {
            case "<", ">":
                return isGeneric(i) ? 0 : comparison(i);
            case "<=", ">=", "==", "!=":
                return comparison(i);
            case "?":
                return BRANCH;
            case "++", "--":
                return isMember(i, statement) ? 4 : INCREMENT - local(tokens.text(i - 1));
            case "+=", "-=", "*=", "/=", "|=", "&=":
                return compound(i, statement);
            case "-":
                boolean unary = tokens.isOneOf(i - 1, "(", ",", "=", "return", "?", ":", "{", "[", "*", "+");
                return unary && tokens.first(i + 1) >= '0' && tokens.first(i + 1) <= '9' ? 0 : 1;
            case "+":
                return tokens.first(i - 1) == '"' ? DYNAMIC_CALL : tokens.first(i + 1) == '"' ? 0 : sum(i);
            case "*", "/", "%", "&", "|", "^", "<<", ">>", ">>>":
                return 1;
            default:
                return 0;
        }
    }

    private boolean isMember(int i, int statement) {
        return !locals.containsKey(tokens.text(i - 1)) || i - statement > 1 && tokens.is(i - 1, "]");
    }

    private int compound(int i, int statement) {
        if (tokens.is(i - 1, "]")) {
            return 3; // dup2, the load, the operation; the store is the bracket's
        }
        Local target = locals.get(tokens.text(i - 1));
        if (target == null) {
            return 1 + FIELD + 1;
        }
        boolean step = target.type().equals("int")
                && tokens.isOneOf(i, "+=", "-=")
                && tokens.is(i + 2, ";")
                && tokens.first(i + 1) >= '0'
                && tokens.first(i + 1) <= '9';
        int load = local(tokens.text(i - 1));
        return step ? INCREMENT - load - number(i + 1) : load + 1;
    }

    /** A branch; whatever is compared with 0 is not loaded, floats are compared first. */
    private int comparison(int i) {
        boolean zero = tokens.is(i + 1, "0") && tokens.isOneOf(i + 2, ")", ";", "?", "&&", "||", ",");
        boolean real = isReal(i + 1) || isReal(i - 1);
        boolean value = isValue(i);
        return BRANCH + (zero ? -1 : 0) + (real ? 1 : 0) + (value ? 5 : 0) + (tokens.is(i + 1, "null") ? -1 : 0);
    }

    private boolean isReal(int i) {
        Local local = locals.get(tokens.text(i));
        if (local != null) {
            return !local.type().equals("int") && PRIMITIVE.contains(local.type()) && !tokens.is(i + 1, "[");
        }
        String text = tokens.text(i);
        return tokens.first(i) >= '0'
                && tokens.first(i) <= '9'
                && (text.endsWith("f") || text.endsWith("L") || text.indexOf('.') >= 0);
    }

    /** Whether a comparison is an argument, an initial value or a result, and no condition. */
    private boolean isValue(int i) {
        int depth = 0;
        for (int j = i; j >= 0; j--) {
            char c = tokens.first(j);
            if (c == ')' || c == ']') {
                depth++;
            } else if (c == '(' || c == '[') {
                if (depth == 0) {
                    return !tokens.isOneOf(j - 1, "if", "while", "for") && tokens.isName(j - 1) && !isAsked(i);
                }
                depth--;
            } else if (depth == 0 && (tokens.isOneOf(j, "=", "return", ","))) {
                return !isAsked(i);
            } else if (depth == 0 && (c == ';' || c == '{')) {
                return false;
            }
        }
        return false;
    }

    /** Whether a question mark or another condition follows. */
    private boolean isAsked(int i) {
        int depth = 0;
        for (int j = i; j < tokens.size(); j++) {
            char c = tokens.first(j);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth < 0 || c == ';' || depth == 0 && c == ',') {
                return false;
            } else if (depth == 0 && tokens.isOneOf(j, "?", "&&", "||")) {
                return true;
            }
        }
        return false;
    }

    private boolean isGeneric(int i) {
        boolean open = tokens.is(i, "<");
        String inside = tokens.text(open ? i + 1 : i - 1);
        return !inside.isEmpty()
                && (Character.isUpperCase(inside.charAt(0)) || inside.equals("?") || inside.equals(">"))
                && (open
                        ? Character.isUpperCase(tokens.first(i - 1)) || tokens.is(i - 1, ".")
                        : tokens.isName(i + 1) && !locals.containsKey(tokens.text(i + 1))
                                || tokens.isOneOf(i + 1, "(", ">", ","));
    }

    private int number(int i) {
        String text = tokens.text(i);
        if (text.endsWith("f")) {
            return text.equals("0f")
                            || text.equals("1f")
                            || text.equals("2f")
                            || text.equals("0.0f")
                            || text.equals("1.0f")
                            || text.equals("2.0f")
                    ? 1
                    : 2;
        } else if (text.endsWith("L")) {
            return text.equals("0L") || text.equals("1L") ? 1 : CONSTANT;
        } else if (text.startsWith("0x") || text.indexOf('.') >= 0 || text.length() > 6) {
            return CONSTANT;
        }
        int value = Integer.parseInt(text);
        return value <= 5 ? 1 : value <= Byte.MAX_VALUE ? 2 : 3;
    }

    private int local(String name) {
        Local local = locals.get(name);
        return local == null ? 4 : local.slot() <= 3 ? 1 : local.slot() <= 255 ? 2 : 4;
    }

    private int name(int i) {
        String text = tokens.text(i);
        if (isDeclaration(i)) {
            declare(text, declaredType(i));
            return tokens.is(i + 1, "=") ? local(text) : 0;
        } else if (tokens.is(i + 1, "(")) {
            return call(i, text);
        } else if (tokens.is(i - 1, ".")) {
            return text.equals("length")
                            || Character.isUpperCase(tokens.first(i - 2))
                                    && Character.isUpperCase(text.charAt(0))
                                    && isType(i)
                    ? text.equals("length") ? 1 : 0
                    : FIELD;
        } else if (locals.containsKey(text)) {
            return local(text);
        }
        if (members.constant(text) != null) {
            return constant(members.constant(text));
        }
        return switch (text) {
            case "return", "throw", "this", "null", "true", "false" -> 1;
            case "else" -> BRANCH;
            case "for" -> BRANCH;
            case "new" -> tokens.is(i + 2, "[") || tokens.is(i + 4, "[") ? creation(i) : 0;
            case "instanceof" -> CAST + BRANCH;
            case "switch" -> 8;
            case "super" -> 1;
            default -> other(i, text);
        };
    }

    private int creation(int i) {
        int bracket = tokens.is(i + 2, "[") ? i + 2 : i + 4;
        int own = PRIMITIVE.contains(tokens.text(i + 1)) ? 2 : 3;
        int at = bracket;
        while (tokens.is(at, "[")) {
            at = tokens.closing(at) + 1;
        }
        if (!tokens.is(at, "{")) {
            return own;
        }
        int end = tokens.closing(at);
        int elements = at + 1 == end ? 0 : 1;
        int depth = 0;
        int total = own;
        for (int j = at + 1; j < end; j++) {
            char c = tokens.first(j);
            depth += c == '(' || c == '{' || c == '[' ? 1 : c == ')' || c == '}' || c == ']' ? -1 : 0;
            elements += depth == 0 && c == ',' ? 1 : 0;
        }
        for (int j = 0; j < elements; j++) {
            total += 2 + constant(j);
        }
        return total + constant(elements);
    }

    private static int constant(int value) {
        return value <= 5 ? 1 : value <= Byte.MAX_VALUE ? 2 : 3;
    }

    private int other(int i, String text) {
        if (PRIMITIVE.contains(text)) {
            return tokens.is(i - 1, "(") && tokens.is(i + 1, ")") ? 1 : 0;
        } else if (SILENT.contains(text)) {
            return text.equals("case") ? 8 : text.equals("break") || text.equals("continue") ? BRANCH : 0;
        } else if (isType(i)) {
            return tokens.is(i - 1, "(") && tokens.is(i + 1, ")") ? CAST : tokens.is(i + 1, "::") ? DYNAMIC_CALL : 0;
        }
        return members.isStatic(text) ? FIELD : FIELD + 1;
    }

    /** Whether a name that begins with a capital is a type's, and not a constant's. */
    private boolean isType(int i) {
        String text = tokens.text(i);
        if (!Character.isUpperCase(text.charAt(0)) || members.isStatic(text)) {
            return false;
        }
        return tokens.is(i - 1, "new") || !text.equals(text.toUpperCase(Locale.ROOT)) || tokens.isName(i + 1);
    }

    private boolean isDeclaration(int i) {
        boolean follows = tokens.isOneOf(i + 1, "=", ";", ":") && !tokens.is(i + 1, "==");
        if (!follows) {
            return false;
        }
        if (tokens.isName(i - 1)) {
            String type = tokens.text(i - 1);
            return PRIMITIVE.contains(type)
                    || type.equals("var")
                    || Character.isUpperCase(type.charAt(0)) && !tokens.is(i, "instanceof");
        }
        return tokens.is(i - 1, "]") && tokens.is(i - 2, "[") || tokens.is(i - 1, ">") && isGeneric(i - 1);
    }

    private String declaredType(int i) {
        return tokens.isName(i - 1) ? tokens.text(i - 1) : "array";
    }

    private int call(int i, String text) {
        if (tokens.is(i - 1, "new") || isCreated(i)) {
            return CREATION;
        } else if (text.equals("super") || text.equals("this")) {
            return SUPER;
        } else if (text.equals("if") || text.equals("while") || text.equals("switch") || text.equals("for")) {
            return text.equals("for") || text.equals("while") ? BRANCH : text.equals("switch") ? 8 : bare(i);
        } else if (text.equals("synchronized")) {
            return LOCK;
        } else if (text.equals("catch") || text.equals("try")) {
            return 0;
        } else if (tokens.is(i - 1, ".")) {
            return tokens.is(i - 2, "kernels") ? INTERFACE_CALL : CALL;
        }
        return members.isStatic(text) ? CALL : CALL + 1;
    }

    /** A condition without a comparison is one with 0. */
    private int bare(int i) {
        int end = tokens.closing(i + 1);
        for (int j = i + 2; j < end; j++) {
            if (tokens.isOneOf(j, "<", ">", "<=", ">=", "==", "!=", "instanceof")) {
                return 0;
            }
        }
        return BRANCH;
    }

    private boolean isCreated(int i) {
        int j = i;
        while (tokens.is(j - 1, ".") && tokens.isName(j - 2)) {
            j -= 2;
        }
        return tokens.is(j - 1, "new");
    }
}
