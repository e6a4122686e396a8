package dev.netwright.processor.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the methods of a generated source, with their lines and about how long each is. */
public final class MethodLengths {
    private static final Set<String> TYPES = Set.of("class", "interface", "enum", "record", "@interface");

    private final JavaTokens tokens;
    private final SourceMembers members = new SourceMembers();
    private final List<MethodLength> found = new ArrayList<>();
    /** Of the fields of the type that is being read: what each of its constructors sets first. */
    private int initial;

    private MethodLengths(String text) {
        this.tokens = new JavaTokens(text);
    }

    /** In the source's order. */
    public static List<MethodLength> of(SourceText source) {
        MethodLengths lengths = new MethodLengths(source.text());
        lengths.collect();
        lengths.type(0, lengths.tokens.size(), "");
        return List.copyOf(lengths.found);
    }

    /** What members are called, and which are static, wherever they are declared. */
    private void collect() {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.is(i, "static")) {
                int end = i + 1;
                while (end < tokens.size() && !tokens.isOneOf(end, "(", "=", ";", "{")) {
                    end++;
                }
                members.addStatic(tokens.text(end - 1));
                if (tokens.is(end - 2, "int") && tokens.is(end, "=") && tokens.is(end + 2, ";")) {
                    members.addConstant(tokens.text(end - 1), tokens.text(end + 1));
                }
            }
        }
    }

    /** The members between two tokens. */
    private void type(int from, int to, String outer) {
        int before = initial;
        initial = initial(from, to);
        members(from, to, outer);
        initial = before;
    }

    /** Bytecodes that give the fields of a type their values. */
    private int initial(int from, int to) {
        int total = 0;
        int start = from;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "=")) {
                int end = i;
                while (!tokens.is(end, ";")) {
                    end = tokens.isOneOf(end, "(", "{", "[") ? tokens.closing(end) + 1 : end + 1;
                }
                if (!has(start, i, "static")) {
                    // this and putfield; a body's return is not part of it
                    total += 4 + new MethodBytecodes(tokens, members, false).body(i + 1, end) - 1;
                }
                i = end;
                start = i + 1;
            } else if (tokens.is(i, "{")) {
                i = tokens.closing(i);
                start = i + 1;
            } else if (tokens.is(i, ";")) {
                start = i + 1;
            }
        }
        return total;
    }

    private void members(int from, int to, String outer) {
        int start = from;
        int i = from;
        while (i < to) {
            if (tokens.is(i, ";")) {
                start = i + 1;
            } else if (tokens.is(i, "(") && !isAnnotation(i) && !has(start, i, "=")) {
                i = method(start, i, to, outer) - 1;
                start = i + 1;
            } else if (tokens.is(i, "(")) {
                i = tokens.closing(i);
            } else if (tokens.is(i, "{")) {
                int end = tokens.closing(i);
                int keyword = keyword(start, i);
                if (keyword >= 0) {
                    String name = tokens.text(keyword + 1);
                    type(i + 1, end, outer.isEmpty() ? name : outer + "." + name);
                }
                i = end;
                start = keyword >= 0 || tokens.is(i + 1, ";") ? i + 1 : start;
            } else if (tokens.is(i, "}")) {
                start = i + 1;
            }
            i++;
        }
    }

    private boolean isAnnotation(int paren) {
        return paren >= 2 && tokens.is(paren - 2, "@");
    }

    private boolean has(int from, int to, String token) {
        for (int i = from; i < to; i++) {
            if (tokens.is(i, token)) {
                return true;
            }
        }
        return false;
    }

    private int keyword(int from, int to) {
        for (int i = from; i < to; i++) {
            if (TYPES.contains(tokens.text(i)) && (i == 0 || !tokens.is(i - 1, "."))) {
                return i;
            }
        }
        return -1;
    }

    /** A method whose parameters begin here; returns what follows it. */
    private int method(int start, int paren, int to, String outer) {
        int close = tokens.closing(paren);
        int i = close + 1;
        while (i < to && !tokens.isOneOf(i, "{", ";")) {
            i++;
        }
        if (i >= to || tokens.is(i, ";")) {
            return i + 1;
        }
        int end = tokens.closing(i);
        String simple = outer.substring(outer.lastIndexOf('.') + 1);
        boolean constructor = tokens.text(paren - 1).equals(simple);
        MethodBytecodes method = new MethodBytecodes(tokens, members, has(start, paren, "static"));
        method.parameters(paren + 1, close);
        int bytecodes = method.body(i + 1, end);
        boolean sets = constructor && !tokens.is(i + 1, "this");
        boolean callsSuper = tokens.isOneOf(i + 1, "super", "this") && tokens.is(i + 2, "(");
        found.add(new MethodLength(
                outer,
                constructor ? "<init>" : tokens.text(paren - 1),
                tokens.line(paren - 1),
                bytecodes + (sets ? initial : 0) + (constructor && !callsSuper ? MethodBytecodes.SUPER : 0)));
        return end + 1;
    }
}
